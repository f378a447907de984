/// The papers behind the methods; a report lists those that its own numbers rest on.
enum Reference: String, CaseIterable {
  case miettinenNurminen =
    "Miettinen, O. & Nurminen, M. (1985). Comparative analysis of two rates. Statistics in Medicine 4, 213–226. doi:10.1002/sim.4780040211"
  case barnard =
    "Barnard, G. A. (1947). Significance tests for 2 × 2 tables. Biometrika 34, 123–138. doi:10.1093/biomet/34.1-2.123"
  case wilson =
    "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American Statistical Association 22, 209–212. doi:10.1080/01621459.1927.10502953"
  case welch =
    "Welch, B. L. (1947). The generalization of ‘Student’s’ problem when several different population variances are involved. Biometrika 34, 28–35. doi:10.1093/biomet/34.1-2.28"
  case imbensKolesar =
    "Imbens, G. W. & Kolesár, M. (2016). Robust standard errors in small samples: some practical advice. Review of Economics and Statistics 98, 701–712. doi:10.1162/REST_a_00552"
  case pustejovskyTipton =
    "Pustejovsky, J. E. & Tipton, E. (2018). Small-sample methods for cluster-robust variance estimation and hypothesis testing in fixed effects models. Journal of Business & Economic Statistics 36, 672–683. doi:10.1080/07350015.2016.1247004"
  case pashleyMiratrix =
    "Pashley, N. E. & Miratrix, L. W. (2021). Insights on variance estimation for blocked and matched pairs designs. Journal of Educational and Behavioral Statistics 46, 271–296. doi:10.3102/1076998620946272"
  case andersonRubin =
    "Anderson, T. W. & Rubin, H. (1949). Estimation of the parameters of a single equation in a complete system of stochastic equations. Annals of Mathematical Statistics 20, 46–63. doi:10.1214/aoms/1177730090"
  case lee =
    "Lee, D. S. (2009). Training, wages, and sample selection: estimating sharp bounds on treatment effects. Review of Economic Studies 76, 1071–1102. doi:10.1111/j.1467-937X.2009.00536.x"
  case lin =
    "Lin, W. (2013). Agnostic notes on regression adjustments to experimental data. Annals of Applied Statistics 7, 295–318. doi:10.1214/12-AOAS583"
  case holm =
    "Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6, 65–70."
  case hochberg =
    "Hochberg, Y. (1988). A sharper Bonferroni procedure for multiple tests of significance. Biometrika 75, 800–802. doi:10.1093/biomet/75.4.800"
  case benjaminiHochberg =
    "Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical Society B 57, 289–300. doi:10.1111/j.2517-6161.1995.tb02031.x"
  case dunnett =
    "Dunnett, C. W. (1955). A multiple comparison procedure for comparing several treatments with a control. Journal of the American Statistical Association 50, 1096–1121. doi:10.1080/01621459.1955.10501294"
  case westfallYoung =
    "Westfall, P. H. & Young, S. S. (1993). Resampling-based multiple testing. Wiley."
  case bretz =
    "Bretz, F., Maurer, W., Brannath, W. & Posch, M. (2009). A graphical approach to sequentially rejective multiple test procedures. Statistics in Medicine 28, 586–604. doi:10.1002/sim.3495"
  case lanDeMets =
    "Lan, K. K. G. & DeMets, D. L. (1983). Discrete sequential boundaries for clinical trials. Biometrika 70, 659–663. doi:10.1093/biomet/70.3.659"
  case fisher = "Fisher, R. A. (1935). The Design of Experiments. Oliver and Boyd."
  case efron =
    "Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical Association 82, 171–185. doi:10.1080/01621459.1987.10478410"
  case cameron =
    "Cameron, A. C., Gelbach, J. B. & Miller, D. L. (2008). Bootstrap-based improvements for inference with clustered errors. Review of Economics and Statistics 90, 414–427. doi:10.1162/rest.90.3.414"
  case waudbySmith =
    "Waudby-Smith, I., Arbour, D., Sinha, R., Kennedy, E. H. & Ramdas, A. (2024). Time-uniform central limit theory and asymptotic confidence sequences. doi:10.48550/arXiv.2103.06476"
  case gigerenzerHoffrage =
    "Gigerenzer, G. & Hoffrage, U. (1995). How to improve Bayesian reasoning without instruction: frequency formats. Psychological Review 102, 684–704. doi:10.1037/0033-295X.102.4.684"
}
