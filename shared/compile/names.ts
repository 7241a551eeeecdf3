import { type Locale, say } from '../text.ts'
import type { ReadJourney } from './read.ts'

/** What the marketer calls a node; its id where it has no name. */
export function nodeName({ journey }: ReadJourney, id: string, locale: Locale): string {
  const node = Object.hasOwn(journey.nodes, id) ? journey.nodes[id] : undefined
  return (node && say(node.name, locale)) || id
}

/** What a port is called on the card; its id where the node's type has no such port. */
export function portName({ nodes }: ReadJourney, id: string, port: string, locale: Locale): string {
  const node = nodes.get(id)
  const known = node?.type.ports(node.config).find((one) => one.id === port)
  return (known && say(known.name, locale)) || port
}
