# Rscript linear_models.R    writes linear_models_data.csv and linear_models.csv beside itself
#
# estimatr::lm_robust, except: HC2 with Bell-McCaffrey degrees of freedom and weighted CR2 are from
# clubSandwich.
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
suppressMessages({library(estimatr); library(clubSandwich)})
options(digits = 17)

set.seed(19, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
m <- transform(mtcars, w = drat / 5)
p <- transform(PlantGrowth, trt1 = as.numeric(group == "trt1"), trt2 = as.numeric(group == "trt2"),
               arm = as.numeric(group))[, c("weight", "trt1", "trt2", "arm")]
k <- subset(as.data.frame(ChickWeight), Time %in% c(20, 21) & Diet %in% c("1", "3"))
k <- data.frame(weight = k$weight, diet3 = as.numeric(k$Diet == "3"),
                chick = as.numeric(as.character(k$Chick)))
# Areas crossed with clusters of very unequal size: no cluster lies in one area, some areas in one.
n <- 120
s <- data.frame(cluster = sample(1:12, n, TRUE, prob = (1:12)^1.5), area = sample(1:5, n, TRUE))
s$area[s$cluster == 3] <- 9
s$x <- round(rnorm(n) + s$area / 3, 3); s$z <- as.numeric(s$cluster %% 2 == 0)
s$w <- round(runif(n, .3, 4), 3)
s$y <- round(1 + .4 * s$z + s$x + rnorm(12)[s$cluster] + rnorm(n) * (1 + s$z), 3)
# In the units of NIST: thousands, but for the deflator and the year.
l <- data.frame(employed = longley$Employed * 1000, deflator = longley$GNP.deflator,
                gnp = longley$GNP * 1000, unemployed = longley$Unemployed * 10,
                forces = longley$Armed.Forces * 10, population = longley$Population * 1000,
                year = longley$Year)
l <- round(l, 1)
sets <- list(mtcars = m, plants = p, chicks = k, areas = s, longley = l)
data <- do.call(rbind, lapply(names(sets), function(d) data.frame(
  data = d, column = names(sets[[d]]),
  values = sapply(sets[[d]], function(v) paste(format(v, digits = 17, trim = TRUE), collapse = " ")))))
write.csv(data, "linear_models_data.csv", row.names = FALSE, quote = FALSE)

out <- list()
put <- function(fit, term, what, value)
  out[[length(out) + 1]] <<- data.frame(fit, term, what, value = format(value, digits = 17))
robust <- function(id, ...) {
  f <- lm_robust(...)
  for (t in f$term) for (w in c("coefficients", "std.error", "df", "p.value", "conf.low", "conf.high"))
    put(id, t, w, f[[w]][[t]])
}
club <- function(id, fit, cluster) {
  t <- coef_test(fit, vcov = vcovCR(fit, cluster = cluster, type = "CR2"), test = "Satterthwaite")
  for (r in rownames(t)) {
    put(id, r, "coefficients", t[r, "beta"]); put(id, r, "std.error", t[r, "SE"])
    put(id, r, "df", if ("df_Satt" %in% names(t)) t[r, "df_Satt"] else t[r, "df"])
  }
}
for (t in c("classical", "HC0", "HC1", "HC2", "HC3")) {
  robust(paste0("mtcars.", t), mpg ~ hp, m, se_type = t)
  robust(paste0("mtcars.weighted.", t), mpg ~ hp, m, weights = w, se_type = t)
  robust(paste0("mtcars.absorbed.", t), mpg ~ hp, m, fixed_effects = ~am, se_type = t)
  robust(paste0("plants.", t), weight ~ trt1 + trt2, p, se_type = t)
}
for (t in c("CR0", "stata", "CR2")) {
  robust(paste0("mtcars.", t), mpg ~ hp, m, clusters = cyl, se_type = t)
  robust(paste0("chicks.", t), weight ~ diet3, k, clusters = chick, se_type = t)
  robust(paste0("areas.", t), y ~ z + x, s, clusters = cluster, se_type = t)
  robust(paste0("areas.absorbed.", t), y ~ z + x, s, clusters = cluster, fixed_effects = ~area, se_type = t)
  robust(paste0("areas.own.", t), y ~ x, s, clusters = cluster, fixed_effects = ~cluster, se_type = t)
  if (t != "CR2") {
    robust(paste0("areas.weighted.", t), y ~ z + x, s, weights = w, clusters = cluster, se_type = t)
    robust(paste0("areas.weighted.absorbed.", t), y ~ z + x, s, weights = w, clusters = cluster,
           fixed_effects = ~area, se_type = t)
  }
}
for (t in c("HC2", "HC3")) robust(paste0("areas.weighted.absorbed.", t), y ~ z + x, s, weights = w,
                                  fixed_effects = ~area, se_type = t)
club("areas.weighted.CR2", lm(y ~ z + x, s, weights = w), s$cluster)
club("mtcars.bm", lm(mpg ~ hp, m), 1:32)
club("areas.bm", lm(y ~ z + x, s), 1:n)
club("areas.dummies.CR2", lm(y ~ x + factor(cluster), s), s$cluster)
club("areas.absorbed.bm", lm(y ~ z + x + factor(area), s), 1:n)
lin <- function(id, ...) {
  f <- lm_lin(...)
  for (t in f$term) for (w in c("coefficients", "std.error", "df")) put(id, t, w, f[[w]][[t]])
}
lin("lin.mtcars", mpg ~ am, ~wt, m, se_type = "HC2")
lin("lin.areas", y ~ factor(area), ~ x + w, subset(s, area != 9), se_type = "HC2")
lin("lin.weighted", mpg ~ am, ~wt, m, weights = w, se_type = "HC2")
lin("lin.clustered", y ~ z, ~x, s, clusters = cluster, se_type = "CR2")
fit <- lm(mpg ~ hp + wt, m, weights = w)
for (i in 1:32) {
  put("mtcars.diagnostics", i, "residual", resid(fit)[[i]])
  put("mtcars.diagnostics", i, "leverage", hatvalues(fit)[[i]])
}
out <- do.call(rbind, out)
write.csv(subset(out, !grepl("factor\\((area|cluster)\\)\\d+$", term) | grepl("^lin", fit)),
          "linear_models.csv", row.names = FALSE, quote = FALSE)
