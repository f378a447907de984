# Rscript meta_analysis.R    writes meta_analysis_{data,tables}.csv and meta_analysis.csv beside itself
#
# metafor 3.8, with thresholds at 1e-14 so that iterations end at the optimum and not near it. The data
# are dat.bcg (13 trials of the BCG vaccine: Colditz et al. 1994, as in metadat), the districts and
# schools of Konstantopoulos (2011) (dat.konstantopoulos2011 in metadat) and made-up sets.
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
options(digits = 17)
suppressMessages(library(metafor))

bcg <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
school <- dat.konstantopoulos2011
sets <- list(
  bcg = data.frame(yi = as.numeric(bcg$yi), vi = bcg$vi, x = bcg$ablat, z = bcg$year,
                   cluster = c(1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 6, 6, 6)),
  school = data.frame(yi = school$yi, vi = school$vi, x = school$year, z = school$study %% 5,
                      cluster = school$district),
  three = data.frame(yi = c(.1, .5, .9), vi = c(.04, .01, .09), x = c(1, 2, 4), z = c(3, 1, 2),
                     cluster = c(1, 1, 2)),
  alike = data.frame(yi = c(.30, .31, .29, .32, .30, .28), vi = c(.1, .2, .05, .3, .15, .08),
                     x = 1:6, z = c(1, 3, 2, 5, 4, 4), cluster = c(1, 1, 2, 2, 3, 3)))

out <- data.frame()
put <- function(.case, ...) {
  v <- list(...)
  v <- v[!sapply(v, is.null)]
  out <<- rbind(out, data.frame(case = .case, name = names(v), value = sapply(v, function(x)
    format(as.numeric(x)[1], digits = 17))))
}
control <- list(threshold = 1e-14, maxiter = 100000, tol = 1e-15)
pre <- function(prefix, l) setNames(l, paste0(prefix, ".", names(l)))
putp <- function(.case, .prefix, ...) do.call(put, c(.case, pre(.prefix, list(...))))

# The tightest tolerance at which nlminb still calls itself converged.
multilevel <- function(d, random) {
  for (tolerance in 10^(-13:-8)) {
    fit <- tryCatch(rma.mv(yi, vi, random = random, data = d,
                           control = list(optimizer = "nlminb", rel.tol = tolerance)),
                    error = function(e) NULL)
    if (!is.null(fit)) return(fit)
  }
}

# The score of the restricted likelihood for the variance between clusters, with whole matrices:
# where it is zero is the estimate, to more digits than nlminb finds.
score <- function(s2, d) {
  G <- tcrossprod(model.matrix(~ 0 + factor(cluster), d))
  W <- solve(diag(d$vi) + s2 * G)
  P <- W - tcrossprod(rowSums(W)) / sum(W)
  as.numeric(t(P %*% d$yi) %*% G %*% (P %*% d$yi) - sum(P * G))
}

for (name in names(sets)) {
  d <- sets[[name]]
  for (method in c("EE", "DL", "PM", "ML", "REML")) {
    w <- rma(yi, vi, data = d, method = method, control = control)
    h <- rma(yi, vi, data = d, method = method, test = "knha", control = control)
    putp(name, method, mu = w$b, se = w$se, z = w$zval, p = w$pval, lo = w$ci.lb, hi = w$ci.ub,
         tau2 = w$tau2, I2 = w$I2 / 100, H2 = w$H2, Q = w$QE, Qp = w$QEp,
         hk.se = h$se, hk.p = h$pval, hk.lo = h$ci.lb, hk.hi = h$ci.ub)
    if (method != "EE") {
      a <- predict(w); b <- predict(w, pi.type = "riley"); c <- predict(h)
      putp(name, method, pi.z.lo = a$pi.lb, pi.z.hi = a$pi.ub, pi.hts.lo = b$pi.lb,
           pi.hts.hi = b$pi.ub, pi.hk.lo = c$pi.lb, pi.hk.hi = c$pi.ub)
    }
    if (nrow(d) > 3) {
      m <- rma(yi, vi, mods = ~ x + z, data = d, method = method, control = control)
      f <- rma(yi, vi, mods = ~ x + z, data = d, method = method, test = "knha", control = control)
      l <- list(tau2 = m$tau2, I2 = m$I2 / 100, QE = m$QE, QM = m$QM, QMp = m$QMp, F = f$QM,
                Fp = f$QMp)
      if (method != "EE" && w$tau2 > 0) l$R2 <- m$R2 / 100
      for (i in 1:3) l[paste0(c("b", "se", "hkse", "hkp"), i - 1)] <-
        list(m$b[i], m$se[i], f$se[i], f$pval[i])
      do.call(put, c(name, pre(paste0(method, ".mods"), l)))
    }
  }
  q <- suppressWarnings(confint(rma(yi, vi, data = d, method = "REML", control = control),
                                control = list(tol = 1e-14, maxiter = 10000)))$random
  putp(name, "profile", lo = q["tau^2", 2], hi = q["tau^2", 3])
  w <- rma(yi, vi, data = d, method = "REML", control = control)
  b <- blup(w); l <- leave1out(w)
  for (i in seq_len(min(3, nrow(d)))) putp(name, paste0("study", i), blup = b$pred[i], blupse = b$se[i],
    blo = b$pi.lb[i], bhi = b$pi.ub[i], loo = l$estimate[i], loose = l$se[i], lootau2 = l$tau2[i])
  e <- regtest(w, predictor = "sei")
  putp(name, "egger", z = e$zval, p = e$pval, est = e$est, lo = e$ci.lb, hi = e$ci.ub)
  d$es <- seq_len(nrow(d))
  if (name %in% c("bcg", "school")) {
    one <- multilevel(d, ~ 1 | cluster)
    two <- multilevel(d, ~ 1 | cluster/es)
    s2 <- uniroot(score, c(0.5, 2) * one$sigma2[1], d = d, tol = 1e-15)$root
    stopifnot(abs(s2 / one$sigma2[1] - 1) < 1e-4)
    putp(name, "cluster", mu = one$b, se = one$se, s2 = s2)
    putp(name, "nested", mu = two$b, se = two$se, s2c = two$sigma2[1], s2e = two$sigma2[2],
         lo = predict(two)$pi.lb, hi = predict(two)$pi.ub)
  }
}

# Effect sizes, one table with an empty cell among them, and Mantel and Haenszel's ratios.
tables <- rbind(with(dat.bcg, cbind(tpos, tneg, cpos, cneg)), c(0, 20, 3, 17), c(5, 0, 4, 6),
                c(0, 9, 0, 7))
for (i in seq_len(nrow(tables))) for (m in c("RR", "OR", "RD")) {
  t <- tables[i, ]
  e <- escalc(m, ai = t[1], bi = t[2], ci = t[3], di = t[4])
  putp(paste0("table", i), m, y = e$yi, v = e$vi)
}
for (m in c("OR", "RR")) {
  e <- rma.mh(ai = tables[, 1], bi = tables[, 2], ci = tables[, 3], di = tables[, 4], measure = m)
  putp("mh", m, b = e$b, se = e$se, lo = e$ci.lb, hi = e$ci.ub)
  if (m == "OR") putp("mh", m, stat = e$MH, statp = e$MHp)
}
rd <- rma(measure = "RD", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg,
          control = control)
putp("rd", "REML", mu = rd$b, se = rd$se, tau2 = rd$tau2, lo = predict(rd)$pi.lb, hi = predict(rd)$pi.ub)

lat <- rma(yi, vi, mods = ~ ablat, data = bcg, control = control)
putp("bcg", "latitude", b0 = lat$b[1], b1 = lat$b[2], se0 = lat$se[1], se1 = lat$se[2],
     tau2 = lat$tau2, R2 = lat$R2 / 100)

data <- do.call(rbind, lapply(names(sets), function(n) cbind(case = n, sets[[n]])))
data[-1] <- lapply(data[-1], function(x) format(as.numeric(x), digits = 17, trim = TRUE))
write.csv(data, "meta_analysis_data.csv", row.names = FALSE, quote = FALSE)
write.csv(cbind(table = seq_len(nrow(tables)), tables), "meta_analysis_tables.csv",
          row.names = FALSE, quote = FALSE)
write.csv(out, "meta_analysis.csv", row.names = FALSE, quote = FALSE)
