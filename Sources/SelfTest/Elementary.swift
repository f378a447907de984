import Foundation

// For simulated data alone: no estimate depends on the last digit of these.

func naturalLogarithm(_ x: Double) -> Double { log(x) }
func arcsine(_ x: Double) -> Double { asin(x) }
func exponential(_ x: Double) -> Double { exp(x) }
