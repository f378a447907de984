# Rscript multilevel.R    writes multilevel.csv beside itself
#
# metafor's rma.mv on the schools of Konstantopoulos (2011) (rows `school` of meta_analysis_data.csv):
# schools in districts, and schools in made-up halves of districts (odd and even schools). Variances
# are estimated by nlminb at the tightest tolerance at which it calls itself converged; with variances
# supposed everything is exact, also the cluster-robust error of clubSandwich.
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
options(digits = 17)
suppressMessages({library(metafor); library(clubSandwich)})
d <- subset(read.csv("meta_analysis_data.csv"), case == "school")
d$effect <- seq_len(nrow(d)); d$half <- d$effect %% 2
out <- NULL
put <- function(case, ...) for (n in names(list(...))) out <<- rbind(out, data.frame(
  case, name = n, value = format(as.numeric(list(...)[[n]]), digits = 17, trim = TRUE)))
two <- ~ 1 | cluster/effect
three <- ~ 1 | cluster/half/effect
fit <- function(random, method) for (tolerance in 10^(-13:-8)) {
  f <- tryCatch(rma.mv(yi, vi, random = random, data = d, method = method,
                       control = list(optimizer = "nlminb", rel.tol = tolerance)), error = function(e) NULL)
  if (!is.null(f)) return(f)
}
describe <- function(case, f) {
  p <- predict(f)
  put(case, mu = f$b, se = f$se, lo = p$pi.lb, hi = p$pi.ub)
  for (i in seq_along(f$sigma2)) put(case, s = f$sigma2[i])
  r <- robust(f, cluster = d$cluster, clubSandwich = TRUE)
  put(case, robust = r$se, df = r$ddf[[1]], rlo = r$ci.lb, rhi = r$ci.ub, p = r$pval)
}
for (method in c("REML", "ML")) {
  describe(paste0("two.", method), fit(two, method))
  describe(paste0("three.", method), fit(three, method))
}
describe("two.known", rma.mv(yi, vi, random = two, data = d, sigma2 = c(.06, .03)))
describe("three.known", rma.mv(yi, vi, random = three, data = d, sigma2 = c(.05, .02, .03)))
describe("three.zero", rma.mv(yi, vi, random = three, data = d, sigma2 = c(0, .1, 0)))
write.csv(out, "multilevel.csv", row.names = FALSE, quote = FALSE)
