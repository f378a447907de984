# Rscript nudges.R FOLDER    writes nudges.csv beside itself; FOLDER holds mertens_nudge_meta.csv, the 447
# effects of Mertens et al. (2022), which are not part of this repository
#
# metafor with thresholds at 1e-14, so that iterations end at the optimum and not near it; and its
# multilevel model with the variances supposed, so that all digits of the cluster-robust error
# (clubSandwich) are known.
folder <- normalizePath(commandArgs(TRUE)[1])
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
options(digits = 17)
suppressMessages({library(metafor); library(clubSandwich)})
mn <- read.csv(file.path(folder, "mertens_nudge_meta.csv"))
out <- NULL
put <- function(case, ...) for (n in names(list(...))) out <<- rbind(out, data.frame(
  case, name = n, value = format(as.numeric(list(...)[[n]]), digits = 17, trim = TRUE)))
control <- list(threshold = 1e-14, maxiter = 100000)
m <- rma(cohens_d, variance_d, data = mn, method = "REML", control = control)
put("reml", mu = m$b, se = m$se, lo = m$ci.lb, hi = m$ci.ub, p = m$pval, tau2 = m$tau2, I2 = m$I2)
r <- regtest(m, predictor = "sei")
put("egger", z = r$zval, p = r$pval)
m <- rma.mv(cohens_d, variance_d, random = ~ 1 | publication_id/study_id/es_id, data = mn,
            sigma2 = c(.125, .045, .0003))
r <- robust(m, cluster = mn$publication_id, clubSandwich = TRUE)
put("supposed", mu = m$b, se = m$se, robust = r$se, lo = r$ci.lb, hi = r$ci.ub, df = r$ddf[[1]])
write.csv(out, "nudges.csv", row.names = FALSE, quote = FALSE)
