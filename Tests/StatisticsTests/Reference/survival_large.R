# Rscript survival_large.R    writes survival_large.csv beside itself
#
# Package survival on 120,000 rows that arithmetic in whole numbers makes, here and in SurvivalLargeTests.swift:
# more rows than one core takes at a time. `days` has 181 distinct times, `distinct` next to no ties.
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
options(digits = 17)
suppressPackageStartupMessages(library(survival))

i <- 0:119999
group <- (17 * i + i %/% 100) %% 3
wait <- (7919 * i) %% 120011 * (10 + group)
d <- data.frame(
  days = wait %/% 8000, distinct = wait, event = (31 * i + i %/% 1000) %% 10 < 6, group,
  x = (13 * i) %% 101 / 10, stratum = i %/% 7 %% 5, cluster = i %% 4001)
d$a <- as.numeric(group == 1)

out <- NULL
put <- function(case, name, value) out <<- rbind(out, data.frame(
  case = case, name = name, value = format(unname(value), digits = 17, trim = TRUE)))

for (k in c("days", "distinct")) {
  d$time <- d[[k]]
  horizon <- if (k == "days") 150 else 1100000
  for (s in 0:2) {
    f <- survfit(Surv(time, event) ~ 1, d[d$group == s, ])
    a <- summary(f, times = horizon)
    m <- summary(f, rmean = horizon)$table
    put(k, paste0("km.", s, ".n"), a$n.risk)
    put(k, paste0("km.", s, ".s"), a$surv)
    put(k, paste0("km.", s, ".se"), a$std.err)
    put(k, paste0("rmst.", s, ".mean"), m["rmean"])
    put(k, paste0("rmst.", s, ".se"), m["se(rmean)"])
  }
  for (stratified in c(FALSE, TRUE)) {
    s <- if (stratified) "strata." else ""
    strata <- if (stratified) " + strata(stratum)" else ""
    put(k, paste0("logrank.", s, "chisq"),
        survdiff(as.formula(paste("Surv(time, event) ~ group", strata)), d)$chisq)
    for (ties in c("efron", "breslow")) {
      model <- as.formula(paste("Surv(time, event) ~ a + x", strata))
      f <- coxph(model, d, ties = ties, robust = TRUE, control = coxph.control(eps = 1e-12))
      g <- coxph(model, d, ties = ties, cluster = cluster, control = coxph.control(eps = 1e-12))
      pre <- paste0("cox.", ties, ".", s)
      put(k, paste0(pre, "b1"), coef(f)[1]); put(k, paste0(pre, "b2"), coef(f)[2])
      put(k, paste0(pre, "v11"), f$naive.var[1, 1]); put(k, paste0(pre, "v22"), f$naive.var[2, 2])
      put(k, paste0(pre, "robust11"), f$var[1, 1]); put(k, paste0(pre, "robust22"), f$var[2, 2])
      put(k, paste0(pre, "cluster11"), g$var[1, 1]); put(k, paste0(pre, "cluster22"), g$var[2, 2])
      put(k, paste0(pre, "ll0"), f$loglik[1]); put(k, paste0(pre, "ll"), f$loglik[2])
    }
  }
}
write.csv(out, "survival_large.csv", row.names = FALSE, quote = FALSE)
