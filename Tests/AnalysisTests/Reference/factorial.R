# Main effects of a 2 x 3 factorial trial within blocks, from R: each factor's difference within every combination of
# the other factor and the block (estimatr), and the joint Holm adjustment. Writes factorial_data.csv and
# factorial.csv beside itself. Run in this folder: Rscript factorial.R

suppressMessages(library(estimatr))
set.seed(20211125)
n <- 360
area <- rep(c("north", "south"), c(240, 120))
frame <- character(n); voice <- character(n)
combos <- expand.grid(frame = c("gain", "loss"), voice = c("none", "peer", "staff"))
for (a in unique(area)) {
  rows <- sample(which(area == a))
  take <- combos[rep(seq_len(6), length.out = length(rows)), ]
  frame[rows] <- as.character(take$frame); voice[rows] <- as.character(take$voice)
}
arm <- paste(frame, voice, sep = "-")
y <- round(10 + 2 * (area == "south") + 1.1 * (frame == "loss") + 0.6 * (voice == "peer") +
  0.5 * (voice == "staff") * (frame == "loss") + rnorm(n, 0, 3), 3)
b <- as.integer(runif(n) < 0.25 + 0.12 * (frame == "loss"))
write.csv(data.frame(area, arm, y, b), "factorial_data.csv", row.names = FALSE, quote = FALSE)

data <- data.frame(area, frame, voice, y, b)
rows <- list()
add <- function(outcome, level, fit) rows[[length(rows) + 1]] <<- data.frame(
  outcome, level, estimate = fit$coefficients, se = fit$std.error, p = fit$p.value)
for (outcome in c("y", "b")) {
  d <- data; d$out <- d[[outcome]]
  d$cell <- paste(d$area, d$voice)
  add(outcome, "frame=loss", difference_in_means(out ~ frame, blocks = cell, data = d,
    condition1 = "gain", condition2 = "loss"))
  d$cell <- paste(d$area, d$frame)
  for (level in c("peer", "staff")) {
    two <- d[d$voice %in% c("none", level), ]
    # Weights are those of the whole blocks; with equal numbers of each combination they are the same.
    add(outcome, paste0("voice=", level), difference_in_means(out ~ voice, blocks = cell, data = two,
      condition1 = "none", condition2 = level))
  }
}
out <- do.call(rbind, rows)
primary <- out$outcome == "y"
out$adjusted <- NA
out$adjusted[primary] <- p.adjust(out$p[primary], "holm")
cat("outcome,level,estimate,se,p,adjusted\n", file = "factorial.csv")
cat(sprintf("%s,%s,%.12g,%.12g,%.12g,%.12g\n", out$outcome, out$level, out$estimate, out$se, out$p,
  out$adjusted), sep = "", file = "factorial.csv", append = TRUE)
