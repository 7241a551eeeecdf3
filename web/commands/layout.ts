import type { ElkNode } from 'elkjs/lib/elk-api'
import type { Journey } from '../../shared/journey/graph.ts'
import { edgesOf } from '../../shared/journey/walk.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import { cardGap, cardSize, edgeId, type Point, portsOf } from '../store/graph.ts'

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.spacing.nodeNode': String(cardGap.x),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(cardGap.y),
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.crossingMinimization.semiInteractive': 'false',
  'elk.separateConnectedComponents': 'true',
  'elk.spacing.componentComponent': '64',
  'elk.aspectRatio': '3',
}

/** The journey as ELK reads it: cards of one size, ports in their order along the lower side. */
export function elkGraph(journey: Journey, types: Registry): ElkNode {
  return {
    id: 'journey',
    layoutOptions: options,
    children: Object.keys(journey.nodes).map((id) => ({
      id,
      ...cardSize,
      layoutOptions: { 'elk.portConstraints': 'FIXED_ORDER' },
      ports: [
        { id: `${id}.in`, layoutOptions: { 'elk.port.side': 'NORTH', 'elk.port.index': '0' } },
        // ELK counts clockwise, so along the lower side from right to left.
        ...[...portsOf(journey, id, types)].reverse().map((port, index) => ({
          id: `${id}.out.${port.id}`,
          layoutOptions: { 'elk.port.side': 'SOUTH', 'elk.port.index': String(index + 1) },
        })),
      ],
    })),
    edges: edgesOf(journey)
      .filter(({ from, to }) => Object.hasOwn(journey.nodes, from) && Object.hasOwn(journey.nodes, to))
      .map(({ from, port, to }) => ({
        id: edgeId(from, port),
        sources: [`${from}.out.${port}`],
        targets: [`${to}.in`],
      })),
  }
}

/** Places of all cards, top-down in layers, by the Eclipse Layout Kernel, which is fetched when first used. */
export async function layoutOf(journey: Journey, types: Registry): Promise<Record<string, Point>> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js')
  const elk = new Elk()
  const laid = await elk.layout(elkGraph(journey, types))
  return Object.fromEntries(
    (laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: Math.round(x), y: Math.round(y) }]),
  )
}
