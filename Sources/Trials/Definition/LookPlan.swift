public import Statistics

/// The planned looks of a trial that may stop early.
public struct LookPlan: Codable, Hashable, Sendable {
  /// How fast the type I error may be used up.
  public enum Spending: String, Codable, CaseIterable, Hashable, Sendable {
    case obrienFleming = "obrien-fleming"
    case pocock
    case hwangShihDeCani = "hwang-shih-decani"
    case kimDeMets = "kim-demets"
  }

  /// Shares of the planned information, rising to 1.
  public var fractions: [Double]
  /// The spending function's name.
  public var spending: Spending
  /// γ of Hwang, Shih and DeCani, ρ of Kim and DeMets.
  public var parameter: Double?

  /// The spending function.
  public var function: SpendingFunction {
    switch spending {
    case .obrienFleming: .obrienFleming
    case .pocock: .pocock
    case .hwangShihDeCani: .hwangShihDeCani(gamma: parameter ?? -4)
    case .kimDeMets: .kimDeMets(rho: parameter ?? 3)
    }
  }
}
