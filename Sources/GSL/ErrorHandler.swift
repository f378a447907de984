import CGSL

/// GSL's default is to abort the process on a bad argument. Every entry point of this module touches
/// this constant first, so that GSL returns its status (or NaN) instead, which is then checked.
private let handlerIsOff: Bool = {
  gsl_set_error_handler_off()
  return true
}()

/// Runs a GSL call with the aborting handler off; nil when GSL answers with NaN.
@inline(__always)
func checked(_ call: () -> Double) -> Double? {
  guard handlerIsOff else { return nil }
  let value = call()
  return value.isNaN ? nil : value
}

/// Runs a GSL call that reports by status.
@inline(__always)
func succeeded(_ call: () -> Int32) -> Bool {
  handlerIsOff && call() == Int32(GSL_SUCCESS)
}
