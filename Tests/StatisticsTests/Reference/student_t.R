# Rscript student_t.R    writes student_t.csv beside itself: upper tails of Student's t by R's pt
arg <- grep("^--file=", commandArgs(FALSE), value = TRUE)
if (length(arg)) setwd(dirname(normalizePath(sub("^--file=", "", arg))))
d <- expand.grid(t = c(-20, -3, 0, .5, 2, 2.5, 5, 12, 20, 30, 1e100), df = c(1, 5, 30, 30.5, 62.875864912342394, 118, 443, 3510, 3999, 4001, 42593, 1e6))
d$p <- pt(d$t, d$df, lower.tail = FALSE)
write.csv(format(d, digits = 17, trim = TRUE), "student_t.csv", row.names = FALSE, quote = FALSE)
