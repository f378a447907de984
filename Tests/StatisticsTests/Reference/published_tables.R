# Rscript published_tables.R    writes mortality_data.csv, cigarettes_data.csv, npk_data.csv and
# published_tables.csv beside itself
#
# State laws and traffic deaths (clubSandwich's MortalityRates, as in its vignette), cigarettes in 48
# states (AER's CigarettesSW, 1995, as in Stock and Watson) and peas (npk), with the answers of
# clubSandwich and estimatr; conditional odds ratios of 2 x 2 tables by the equations of fisher.test,
# solved to the last digits instead of the fourth.
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
suppressMessages({library(clubSandwich); library(estimatr); library(AER)})
options(digits = 17)
save <- function(d, file) {
  d[] <- lapply(d, function(x) if (is.numeric(x)) format(x, digits = 17, trim = TRUE) else as.character(x))
  write.csv(d, file, row.names = FALSE, quote = FALSE)
}
out <- NULL
put <- function(case, term, ...) for (n in names(list(...))) out <<- rbind(out, data.frame(
  case, term, name = n, value = format(list(...)[[n]], digits = 17, trim = TRUE)))

data("MortalityRates")
d <- subset(MortalityRates, cause == "Motor Vehicle" & year < 1984 & !is.na(beertaxa))
d <- d[, c("mrate", "legal", "beertaxa", "state", "year")]
save(d, "mortality_data.csv")
fit <- lm(mrate ~ 0 + legal + beertaxa + factor(state) + factor(year), data = d)
for (type in c("CR1", "CR2")) {
  t <- coef_test(fit, vcov = type, cluster = d$state, test = if (type == "CR1") "naive-t" else "Satterthwaite")
  for (i in 1:2) put(paste0("mortality.", type), c("legal", "beertaxa")[i], estimate = t[i, 2],
                     se = t[i, 3], df = t[i, 5], p = t[i, 6])
}

data("CigarettesSW")
c95 <- subset(CigarettesSW, year == "1995")
c95 <- with(c95, data.frame(packs = log(packs), price = log(price / cpi),
                            income = log(income / population / cpi), salestax = (taxs - tax) / cpi,
                            cigtax = tax / cpi))
save(c95, "cigarettes_data.csv")
for (type in c("classical", "HC1", "HC2")) {
  f <- iv_robust(packs ~ price + income | income + salestax + cigtax, c95, se_type = type)
  for (t in c("price", "income")) put(paste0("cigarettes.", type), t, estimate = f$coefficients[[t]],
                                      se = f$std.error[[t]], df = f$df[[t]])
}

k <- transform(npk, N = as.numeric(N == "1"), P = as.numeric(P == "1"), K = as.numeric(K == "1"))
save(k, "npk_data.csv")
f <- lm_robust(yield ~ N, k, fixed_effects = ~block, se_type = "HC2")
put("npk.blocks", "N", estimate = f$coefficients[["N"]], se = f$std.error[["N"]], df = f$df[["N"]])
f <- lm_robust(yield ~ N * P * K, k, se_type = "HC2")
for (t in c("N", "N:P:K")) put("npk.factorial", t, estimate = f$coefficients[[t]], se = f$std.error[[t]],
                               df = f$df[[t]])

# fisher.test's own functions, in logarithms; 80 halvings of the bracket.
odds <- function(a, b, c, d) {
  m <- a + b; n <- c + d; k <- a + c; lo <- max(0, k - n); hi <- min(k, m); s <- lo:hi
  base <- dhyper(s, m, n, k, log = TRUE)
  p <- function(l) { q <- base + l * s; q <- exp(q - max(q)); q / sum(q) }
  solve <- function(f) { x <- c(-60, 60); for (i in 1:80) { h <- mean(x); if (f(h) > 0) x[2] <- h else x[1] <- h }; exp(mean(x)) }
  list(value = if (a == lo) 0 else if (a == hi) Inf else solve(function(l) sum(s * p(l)) - a),
       lower = if (a == lo) 0 else solve(function(l) sum(p(l)[s >= a]) - .025),
       upper = if (a == hi) Inf else solve(function(l) .025 - sum(p(l)[s <= a])))
}
for (t in list(c(140, 45, 168, 92), c(1745, 466, 211, 412), c(3894, 17413, 2262, 19044), c(14, 114, 4, 111),
               c(4, 186, 1, 219), c(3, 1, 1, 3), c(0, 10, 5, 5), c(7, 0, 2, 5), c(46, 9954, 46, 9954))) {
  o <- do.call(odds, as.list(t))
  f <- fisher.test(matrix(t, 2))
  stopifnot(all.equal(f$estimate[[1]], o$value, tolerance = 1e-3),
            all.equal(f$conf.int[1:2], c(o$lower, o$upper), tolerance = 1e-2))
  put("fisher", paste(t, collapse = " "), value = o$value, lower = o$lower, upper = o$upper)
}
write.csv(out, "published_tables.csv", row.names = FALSE, quote = FALSE)
