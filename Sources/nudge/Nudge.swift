@main
struct Nudge {
  static func main() {}
}
