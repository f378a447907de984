# Two binary outcomes, three arms of 16: the step-down adjustment by the largest statistic over every possible
# assignment. Units that look alike in both outcomes can trade places, so that assignments are counted by tables
# (look x arm), each as often as a multivariate hypergeometric number says. Base R; run in this folder.
#
# Rows of `observed` are the looks (clicked, placed); columns the arms control, easy, social.
looks <- rbind(c(0, 0), c(0, 1), c(1, 0), c(1, 1))
observed <- rbind(c(9, 6, 3), c(3, 5, 4), c(3, 2, 5), c(1, 3, 4))
kinds <- rowSums(observed)
arms <- colSums(observed)

splits <- function(n) {
  grid <- expand.grid(control = 0:n, easy = 0:n)
  grid <- grid[grid$control + grid$easy <= n, ]
  cbind(grid$control, grid$easy, n - grid$control - grid$easy)
}
first <- lapply(kinds[1:3], splits)
places <- expand.grid(lapply(first, function(s) seq_len(nrow(s))))
tables <- lapply(1:3, function(k) first[[k]][places[[k]], ])
last <- matrix(arms, nrow(places), 3, byrow = TRUE) - tables[[1]] - tables[[2]] - tables[[3]]
possible <- apply(last >= 0, 1, all)
tables <- lapply(c(tables, list(last)), function(t) t[possible, ])
logs <- Reduce(`+`, lapply(tables, function(t) -rowSums(lfactorial(t))))
weights <- exp(logs - max(logs))
weights <- weights / sum(weights)

statistics <- function(tables) {
  found <- NULL
  for (outcome in 1:2) {
    ones <- Reduce(`+`, Map(function(t, y) t * y, tables, looks[, outcome]))
    n <- matrix(arms, nrow(ones), 3, byrow = TRUE)
    p <- ones / n
    v <- p * (1 - p) / (n - 1)
    for (arm in 2:3) {
      difference <- p[, arm] - p[, 1]
      variance <- v[, arm] + v[, 1]
      found <- cbind(found, ifelse(variance > 0, difference / sqrt(variance),
                                   ifelse(difference == 0, 0, sign(difference) * Inf)))
    }
  }
  found
}
t <- statistics(tables)
own <- statistics(lapply(1:4, function(k) observed[k, , drop = FALSE]))[1, ]
order <- order(-abs(own))
adjusted <- numeric(4)
running <- 0
for (step in 1:4) {
  largest <- do.call(pmax, lapply(order[step:4], function(j) abs(t[, j])))
  p <- sum(weights[largest >= abs(own[order[step]]) * (1 - 1e-9)])
  running <- max(running, p)
  adjusted[order[step]] <- running
}
write.csv(data.frame(
  outcome = c("clicked", "clicked", "placed", "placed"), arm = c("easy", "social", "easy", "social"),
  statistic = sprintf("%.15g", own), adjusted = sprintf("%.15g", adjusted)),
  "joint_binary.csv", row.names = FALSE, quote = FALSE)
cat("tables:", nrow(t), "\n")
