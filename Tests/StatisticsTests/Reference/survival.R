# Rscript survival.R    writes survival_data.csv and survival.csv beside itself
#
# Package survival (survfit, survdiff, coxph) throughout; only the restricted mean of a difference and of
# a ratio, which the package lacks, are put together here from survfit's means and errors.
# `lung` is the package's own data; a missing stratum or cluster is coded 0. `ties` is simulated, with
# few distinct times, time 0 and two causes.
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
options(digits = 17)
suppressPackageStartupMessages(library(survival))

zero <- function(x) ifelse(is.na(x), 0, x)
set.seed(20240229, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
n <- 120
x <- round(rnorm(n), 2)
g <- sample(1:3, n, TRUE)
data <- rbind(
  data.frame(case = "lung", time = lung$time, cause = lung$status - 1, group = lung$sex,
             x = lung$age, stratum = zero(lung$ph.ecog), cluster = zero(lung$inst)),
  data.frame(case = "ties", time = floor(rexp(n, exp(.4 * x + .3 * (g == 2)) / 4)),
             cause = sample(0:2, n, TRUE, c(.3, .4, .3)), group = g, x = x,
             stratum = sample(0:2, n, TRUE), cluster = sample(1:25, n, TRUE)))
write.csv(data, "survival_data.csv", row.names = FALSE, quote = FALSE)

out <- NULL
put <- function(case, name, value) out <<- rbind(out, data.frame(
  case = case, name = name, value = format(unname(value), digits = 17, trim = TRUE)))

for (k in unique(data$case)) {
  d <- data[data$case == k, ]
  d$event <- d$cause > 0
  at <- if (k == "lung") c(5, 100, 270.5, 500, 900) else c(0, 1, 2.5, 5)
  for (s in sort(unique(d$group))) for (type in c("log-log", "log", "plain")) {
    f <- survfit(Surv(time, event) ~ 1, d[d$group == s, ], conf.type = type)
    pre <- paste0("km.", s, ".", type, ".")
    m <- summary(f)$table
    put(k, paste0(pre, "median"), m["median"])
    put(k, paste0(pre, "median.lo"), m["0.95LCL"])
    put(k, paste0(pre, "median.hi"), m["0.95UCL"])
    a <- summary(f, times = at, extend = TRUE)
    for (j in seq_along(at)) {
      put(k, paste0(pre, at[j], ".n"), a$n.risk[j])
      put(k, paste0(pre, at[j], ".s"), a$surv[j])
      put(k, paste0(pre, at[j], ".se"), a$std.err[j])
      put(k, paste0(pre, at[j], ".lo"), a$lower[j])
      put(k, paste0(pre, at[j], ".hi"), a$upper[j])
    }
  }
  for (tau in if (k == "lung") c(300, 900.5) else c(1, 4)) {
    m <- sapply(1:2, function(s) summary(survfit(Surv(time, event) ~ 1, d[d$group == s, ]),
                                         rmean = tau)$table[c("rmean", "se(rmean)")])
    pre <- paste0("rmst.", tau, ".")
    put(k, paste0(pre, "mean1"), m[1, 1]); put(k, paste0(pre, "se1"), m[2, 1])
    put(k, paste0(pre, "mean2"), m[1, 2]); put(k, paste0(pre, "se2"), m[2, 2])
    put(k, paste0(pre, "diff.se"), sqrt(sum(m[2, ]^2)))
    put(k, paste0(pre, "logratio.se"), sqrt(sum((m[2, ] / m[1, ])^2)))
  }
  lr <- function(name, f) {
    put(k, paste0(name, ".chisq"), f$chisq)
    put(k, paste0(name, ".p"), pchisq(f$chisq, length(f$n) - 1, lower.tail = FALSE))
    o <- if (is.matrix(f$obs)) rowSums(f$obs) else f$obs
    e <- if (is.matrix(f$exp)) rowSums(f$exp) else f$exp
    for (s in seq_along(o)) { put(k, paste0(name, ".o", s), o[s]); put(k, paste0(name, ".e", s), e[s]) }
    put(k, paste0(name, ".v11"), f$var[1, 1]); put(k, paste0(name, ".v12"), f$var[1, 2])
  }
  lr("logrank", survdiff(Surv(time, event) ~ group, d))
  lr("logrank.strata", survdiff(Surv(time, event) ~ group + strata(stratum), d))

  tight <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)
  d$a <- as.numeric(d$group == 2)
  for (ties in c("efron", "breslow")) for (st in c(FALSE, TRUE)) {
    form <- if (st) Surv(time, event) ~ a + x + strata(stratum) else Surv(time, event) ~ a + x
    f <- coxph(form, d, ties = ties, control = tight)
    r <- coxph(update(form, . ~ . + cluster(id)), transform(d, id = seq_len(nrow(d))), ties = ties,
               control = tight)
    cl <- coxph(update(form, . ~ . + cluster(cluster)), d, ties = ties, control = tight)
    pre <- paste0("cox.", ties, if (st) ".strata", ".")
    for (j in 1:2) {
      put(k, paste0(pre, "b", j), coef(f)[j])
      put(k, paste0(pre, "se", j), sqrt(vcov(f)[j, j]))
      put(k, paste0(pre, "robust", j), sqrt(vcov(r)[j, j]))
      put(k, paste0(pre, "cluster", j), sqrt(vcov(cl)[j, j]))
    }
    put(k, paste0(pre, "v12"), vcov(f)[1, 2])
    put(k, paste0(pre, "cluster.v12"), vcov(cl)[1, 2])
    put(k, paste0(pre, "ll0"), f$loglik[1]); put(k, paste0(pre, "ll"), f$loglik[2])
    s <- summary(f)
    put(k, paste0(pre, "score"), s$sctest[1]); put(k, paste0(pre, "lr"), s$logtest[1])
    put(k, paste0(pre, "wald"), f$wald.test); put(k, paste0(pre, "wald.cluster"), cl$wald.test)
    put(k, paste0(pre, "lr.p"), s$logtest[3])
  }
}

f <- coxph(Surv(time, cause) ~ group, data[data$case == "lung", ], control = tight)
put("lung", "cox.sex.b", coef(f)); put("lung", "cox.sex.se", sqrt(vcov(f)[1, 1]))

f <- survfit(Surv(time, cause) ~ 1, data[data$case == "lung" & data$group == 1, ])
m <- summary(f, rmean = 1022)$table
put("lung", "rmst.1022.mean1", m["rmean"]); put("lung", "rmst.1022.se1", m["se(rmean)"])

d <- data[data$case == "ties", ]
d$state <- factor(d$cause, 0:2, c("censored", "c1", "c2"))
d$id <- seq_len(nrow(d))
f <- survfit(Surv(time, state) ~ 1, d, id = id)
at <- c(0, 1, 2.5, 5, 9, max(d$time))
a <- summary(f, times = at, extend = TRUE)
for (j in seq_along(at)) for (c in c("c1", "c2")) {
  put("ties", paste0("cif.", c, ".", at[j], ".p"), a$pstate[j, match(c, f$states)])
  put("ties", paste0("cif.", c, ".", at[j], ".se"), a$std.err[j, match(c, f$states)])
}
write.csv(out, "survival.csv", row.names = FALSE, quote = FALSE)
