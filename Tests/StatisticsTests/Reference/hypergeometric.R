# Probabilities of hypergeometric counts, and randomisation tests of binary outcomes by counting. Debian: r-base-core.
folder <- "Tests/StatisticsTests/Reference"
cases <- list(
  c(3, 4, 3), c(1, 1, 1), c(7, 2, 8), c(40, 60, 90), c(200, 300, 100), c(300, 200, 450),
  c(1000, 9000, 5000), c(9000, 1000, 8000), c(400000, 600000, 500000), c(30, 2999970, 1500000))
rows <- do.call(rbind, lapply(cases, function(k) {
  x <- max(0, k[3] - k[2]):min(k[1], k[3])
  p <- dhyper(x, k[1], k[2], k[3])
  keep <- p > 1e-9
  data.frame(ones = k[1], zeros = k[2], taken = k[3], count = x[keep], p = p[keep])
}))
rows[] <- lapply(rows, function(v) format(v, digits = 17, trim = TRUE, scientific = NA))
for (name in c("ones", "zeros", "taken", "count"))
  rows[[name]] <- format(as.integer(as.numeric(rows[[name]])), scientific = FALSE, trim = TRUE)
write.csv(rows, file.path(folder, "hypergeometric.csv"), row.names = FALSE, quote = FALSE)

# Two-sided p of an effect theta on every unit, by Welch's t within blocks: blocks of
# (ones treated, zeros treated, ones control, zeros control), every table with its number of assignments.
tables <- function(b) {
  n <- b[1] + b[2]
  grid <- expand.grid(a = 0:b[1], z = 0:b[2], c = 0:b[3])  # ones and zeros that had the offer, other ones
  grid$d <- n - grid$a - grid$z - grid$c
  grid <- grid[grid$d >= 0 & grid$d <= b[4], ]
  grid$p <- choose(b[1], grid$a) * choose(b[2], grid$z) * choose(b[3], grid$c) * choose(b[4], grid$d) /
    choose(sum(b), n)
  grid
}
parts <- function(b, a, z, c, d, theta) {
  values <- c(1 - theta, -theta, 1, 0)
  arm <- function(k) {
    n <- sum(k); m <- sum(k * values) / n
    c(m, sum(k * (values - m)^2) / (n - 1) / n)
  }
  one <- arm(c(a, z, c, d)); two <- arm(b - c(a, z, c, d))
  c(one[1] - two[1], one[2] + two[2])
}
p_value <- function(blocks, theta) {
  w <- sapply(blocks, sum) / sum(unlist(blocks))
  found <- lapply(seq_along(blocks), function(i) {
    b <- blocks[[i]]; g <- tables(b)
    v <- mapply(function(a, z, c, d) parts(b, a, z, c, d, theta), g$a, g$z, g$c, g$d)
    seen <- parts(b, b[1], b[2], 0, 0, theta)
    list(p = g$p, d = w[i] * v[1, ], v = w[i]^2 * v[2, ], seen = c(w[i] * seen[1], w[i]^2 * seen[2]))
  })
  p <- found[[1]]$p; d <- found[[1]]$d; v <- found[[1]]$v; seen <- found[[1]]$seen
  for (f in found[-1]) {
    p <- as.vector(outer(p, f$p)); d <- as.vector(outer(d, f$d, "+")); v <- as.vector(outer(v, f$v, "+"))
    seen <- seen + f$seen
  }
  t <- abs(ifelse(v > 1e-12, d / sqrt(v), ifelse(abs(d) < 1e-12, 0, Inf)))
  sum(p[t >= abs(seen[1]) / sqrt(seen[2]) - 1e-9])
}
designs <- list(plain = list(c(9, 7, 5, 13)), rare = list(c(4, 26, 1, 39)),
                blocks = list(c(6, 4, 3, 9), c(2, 6, 3, 7)))
out <- do.call(rbind, lapply(names(designs), function(n) do.call(rbind, lapply(c(0, 0.1, 0.25), function(theta)
  data.frame(design = n, theta = theta, p = format(p_value(designs[[n]], theta), digits = 17))))))
write.csv(out, file.path(folder, "hypergeometric_tests.csv"), row.names = FALSE, quote = FALSE)
