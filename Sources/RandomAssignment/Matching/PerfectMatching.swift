/// A perfect matching of least total cost in a complete graph: everybody in one pair, nobody left out.
///
/// Edmonds's blossom algorithm with dual variables, O(n³). It looks for the matching of largest total weight with
/// w = (largest cost + 1) − cost; all weights are positive and the number of vertices is even, so the largest
/// is perfect and its cost the least. A dual y_v belongs to each vertex and z_B ≥ 0 to each blossom (an odd
/// cycle that has been shrunk into one node); the edges with y_u + y_v = 2w are tight. Trees of alternating tight edges
/// grow from the unmatched nodes; when two of them touch the matching grows by one pair, when one touches
/// itself a blossom is shrunk, and when none can grow the duals move as far as they can. Numbers are
/// integers throughout, so the answer is exact.
///
/// In R: `nbpMatching::nonbimatch`. Edmonds (1965), doi:10.6028/jres.069B.013; Galil (1986),
/// doi:10.1145/6462.6502.
struct PerfectMatching {
  /// The partner of each vertex.
  let partners: [Int]

  /// Finds the matching; nil unless `count` is even.
  ///
  /// - Parameters:
  ///   - count: how many vertices.
  ///   - cost: the cost of a pair, from 0 to 2⁶⁰/count; asked once a pair.
  init?(count: Int, cost: (Int, Int) -> Int) {
    guard count % 2 == 0, count >= 0 else { return nil }
    var search = BlossomSearch(count: count, cost: cost)
    while search.grow() {}
    partners = search.partners
  }
}

/// The state of the search. Nodes are vertices 0 ..< n, then blossoms n ..< 2n; −1 is none.
private struct BlossomSearch {
  private enum Label {
    case free, outer, inner
  }

  /// An edge between two nodes, by the vertices that it really joins.
  private struct Edge {
    var from: Int32 = -1
    var to: Int32 = -1
  }

  private let n: Int
  private let nodes: Int
  private let weights: [Int]
  /// The tightest known edge between two nodes, `nodes` a row.
  private var edges: [Edge]
  /// y of a vertex, z of a blossom.
  private var dual: [Int]
  /// The edge by which a node is matched: the vertex at its other end.
  private var mate: [Int]
  /// The vertex outside, through which the best edge from an outer node comes.
  private var bestFrom: [Int]
  /// The outermost node that contains a node.
  private var top: [Int]
  /// For an inner node, the vertex of its parent.
  private var parent: [Int]
  private var label: [Label]
  /// A blossom's children round its cycle, the base first.
  private var children: [[Int]]
  /// Which child of a blossom contains a vertex.
  private var childWith: [[Int32]]
  private var queue: [Int] = []
  private var visit: [Int]
  private var visits = 0

  init(count: Int, cost: (Int, Int) -> Int) {
    n = count
    nodes = 2 * count
    var costs = [Int](repeating: 0, count: count * count)
    var largest = 0
    for a in 0..<count {
      for b in 0..<a {
        let value = cost(a, b)
        costs[a * count + b] = value
        costs[b * count + a] = value
        largest = max(largest, value)
      }
    }
    weights = costs.map { largest + 1 - $0 }
    edges = Array(repeating: Edge(), count: nodes * nodes)
    for a in 0..<count {
      for b in 0..<count where a != b {
        edges[a * nodes + b] = Edge(from: Int32(a), to: Int32(b))
      }
    }
    dual = Array(repeating: largest + 1, count: count) + Array(repeating: 0, count: count)
    mate = Array(repeating: -1, count: nodes)
    bestFrom = mate
    parent = mate
    top = Array(0..<count) + Array(repeating: -1, count: count)
    label = Array(repeating: .free, count: nodes)
    children = Array(repeating: [], count: nodes)
    childWith = Array(repeating: [], count: nodes)
    visit = Array(repeating: 0, count: nodes)
  }

  var partners: [Int] { Array(mate.prefix(n)) }

  // MARK: - Edges and duals

  private func edge(_ a: Int, _ b: Int) -> Edge { edges[a * nodes + b] }

  /// How far an edge is from tight.
  private func slack(_ edge: Edge) -> Int {
    let (a, b) = (Int(edge.from), Int(edge.to))
    return dual[a] + dual[b] - 2 * weights[a * n + b]
  }

  private mutating func offer(_ vertex: Int, to node: Int) {
    let best = bestFrom[node]
    if best < 0 || slack(edge(vertex, node)) < slack(edge(best, node)) {
      bestFrom[node] = vertex
    }
  }

  private mutating func refreshBest(of node: Int) {
    bestFrom[node] = -1
    for vertex in 0..<n
    where edge(vertex, node).from >= 0 && top[vertex] != node && label[top[vertex]] == .outer {
      offer(vertex, to: node)
    }
  }

  // MARK: - Nodes

  private func vertices(of node: Int) -> [Int] {
    node < n ? [node] : children[node].flatMap(vertices)
  }

  private mutating func setTop(of node: Int, to outermost: Int) {
    top[node] = outermost
    for child in children[node] { setTop(of: child, to: outermost) }
  }

  /// The children of a blossom from one of them round to the base, along the side of even length, so that
  /// matched and free edges alternate.
  private mutating func evenPath(in blossom: Int, to child: Int) -> Int {
    let place = children[blossom].firstIndex(of: child) ?? 0
    guard place % 2 == 1 else { return place }
    children[blossom][1...].reverse()
    return children[blossom].count - place
  }

  /// Matches a node along an edge, turning the alternation inside a blossom so that it fits.
  private mutating func match(_ node: Int, along edge: Edge) {
    mate[node] = Int(edge.to)
    guard node >= n else { return }
    let child = Int(childWith[node][Int(edge.from)])
    let place = evenPath(in: node, to: child)
    for index in 0..<place {
      let (a, b) = (children[node][index], children[node][index ^ 1])
      match(a, along: self.edge(a, b))
    }
    match(child, along: edge)
    children[node] = Array(children[node][place...] + children[node][..<place])
  }

  // MARK: - Growing

  /// Finds one more pair; false when everybody is matched.
  mutating func grow() -> Bool {
    queue = []
    for node in 0..<nodes {
      label[node] = .free
      bestFrom[node] = -1
    }
    for node in 0..<nodes where top[node] == node && mate[node] < 0 {
      parent[node] = -1
      label[node] = .outer
      enqueue(node)
    }
    guard !queue.isEmpty else { return false }
    while true {
      if scanQueue() { return true }
      moveDuals()
      queue = []
      if useNewlyTightEdges() { return true }
      for blossom in n..<nodes
      where top[blossom] == blossom && label[blossom] == .inner && dual[blossom] == 0 {
        expand(blossom)
      }
    }
  }

  private mutating func enqueue(_ node: Int) { queue += vertices(of: node) }

  private mutating func scanQueue() -> Bool {
    var place = 0
    while place < queue.count {
      let vertex = queue[place]
      place += 1
      guard label[top[vertex]] != .inner else { continue }
      for other in 0..<n where other != vertex && top[other] != top[vertex] {
        let edge = edge(vertex, other)
        if slack(edge) == 0 {
          if use(edge) { return true }
        } else {
          offer(vertex, to: top[other])
        }
      }
    }
    return false
  }

  /// The largest step that keeps every slack and every blossom's dual at 0 or above.
  private mutating func moveDuals() {
    var step = Int.max
    for blossom in n..<nodes where top[blossom] == blossom && label[blossom] == .inner {
      step = min(step, dual[blossom] / 2)
    }
    for node in 0..<nodes where top[node] == node && bestFrom[node] >= 0 {
      let room = slack(edge(bestFrom[node], node))
      switch label[node] {
      case .free: step = min(step, room)
      case .outer: step = min(step, room / 2)
      case .inner: break
      }
    }
    for vertex in 0..<n {
      switch label[top[vertex]] {
      case .outer: dual[vertex] -= step
      case .inner: dual[vertex] += step
      case .free: break
      }
    }
    for blossom in n..<nodes where top[blossom] == blossom {
      switch label[blossom] {
      case .outer: dual[blossom] += 2 * step
      case .inner: dual[blossom] -= 2 * step
      case .free: break
      }
    }
  }

  private mutating func useNewlyTightEdges() -> Bool {
    for node in 0..<nodes where top[node] == node && bestFrom[node] >= 0 {
      let vertex = bestFrom[node]
      if top[vertex] != node, slack(edge(vertex, node)) == 0, use(edge(vertex, node)) {
        return true
      }
    }
    return false
  }

  /// Takes a tight edge from an outer node; true when it joins two trees and so adds a pair.
  private mutating func use(_ edge: Edge) -> Bool {
    let (a, b) = (top[Int(edge.from)], top[Int(edge.to)])
    switch label[b] {
    case .free:
      parent[b] = Int(edge.from)
      label[b] = .inner
      let partner = top[mate[b]]
      bestFrom[b] = -1
      bestFrom[partner] = -1
      label[partner] = .outer
      enqueue(partner)
      return false
    case .outer:
      let ancestor = commonAncestor(a, b)
      guard ancestor < 0 else {
        shrink(a, b, at: ancestor)
        return false
      }
      augment(from: a, along: edge)
      augment(from: b, along: Edge(from: edge.to, to: edge.from))
      return true
    case .inner:
      return false
    }
  }

  /// Swaps matched and free edges from a node up to the root of its tree.
  private mutating func augment(from node: Int, along edge: Edge) {
    var (node, edge) = (node, edge)
    while true {
      let partner = mate[node] < 0 ? -1 : top[mate[node]]
      match(node, along: edge)
      guard partner >= 0 else { return }
      let above = top[parent[partner]]
      match(partner, along: self.edge(partner, above))
      edge = self.edge(above, partner)
      node = above
    }
  }

  private mutating func commonAncestor(_ a: Int, _ b: Int) -> Int {
    visits += 1
    var (a, b) = (a, b)
    while a >= 0 || b >= 0 {
      if a >= 0 {
        if visit[a] == visits { return a }
        visit[a] = visits
        a = mate[a] < 0 ? -1 : top[parent[top[mate[a]]]]
      }
      (a, b) = (b, a)
    }
    return -1
  }

  // MARK: - Blossoms

  /// Shrinks the cycle through two outer nodes and their common ancestor into one outer node.
  private mutating func shrink(_ a: Int, _ b: Int, at ancestor: Int) {
    guard let blossom = (n..<nodes).first(where: { top[$0] < 0 }) else { return }
    dual[blossom] = 0
    label[blossom] = .outer
    mate[blossom] = mate[ancestor]
    parent[blossom] = parent[ancestor]
    func side(from node: Int) -> [Int] {
      var side: [Int] = []
      var node = node
      while node != ancestor {
        let inner = top[mate[node]]
        side += [node, inner]
        node = top[parent[inner]]
      }
      return side
    }
    let (left, right) = (side(from: a), side(from: b))
    for inner in (left + right) where label[inner] == .inner { enqueue(inner) }
    children[blossom] = [ancestor] + left.reversed() + right
    setTop(of: blossom, to: blossom)
    for node in 0..<nodes {
      edges[blossom * nodes + node] = Edge()
      edges[node * nodes + blossom] = Edge()
    }
    childWith[blossom] = Array(repeating: -1, count: n)
    for child in children[blossom] {
      for node in 0..<nodes where top[node] >= 0 && node != blossom {
        let candidate = edge(child, node)
        guard candidate.from >= 0 else { continue }
        let known = edge(blossom, node)
        if known.from < 0 || slack(candidate) < slack(known) {
          edges[blossom * nodes + node] = candidate
          edges[node * nodes + blossom] = edge(node, child)
        }
      }
      for vertex in vertices(of: child) { childWith[blossom][vertex] = Int32(child) }
    }
    refreshBest(of: blossom)
  }

  /// Takes an inner blossom apart again: the children on the even side between its two tree edges stay in the
  /// tree, the others become free.
  private mutating func expand(_ blossom: Int) {
    let cycle = children[blossom]
    for child in cycle { setTop(of: child, to: child) }
    // Between a blossom and its parent vertex the tightest edge is the tree's.
    let entrance = Int(edge(blossom, parent[blossom]).from)
    let entry = Int(childWith[blossom][entrance])
    let place = evenPath(in: blossom, to: entry)
    let path = children[blossom]
    var index = 0
    while index < place {
      let (inner, outer) = (path[index], path[index + 1])
      parent[inner] = Int(edge(outer, inner).from)
      label[inner] = .inner
      label[outer] = .outer
      bestFrom[inner] = -1
      refreshBest(of: outer)
      enqueue(outer)
      index += 2
    }
    label[entry] = .inner
    parent[entry] = parent[blossom]
    for child in path[(place + 1)...] {
      label[child] = .free
      refreshBest(of: child)
    }
    top[blossom] = -1
    children[blossom] = []
  }
}
