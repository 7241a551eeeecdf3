import type { Journey, JourneyNode } from '../../shared/journey/graph.ts'
import { edit } from '../store/document.ts'
import { keepEdges, readNode } from '../store/graph.ts'
import type { Command } from './command.ts'

export interface Configure {
  readonly id: string
  readonly config: JourneyNode['config']
  /** Edits of the same field that follow each other closely are undone together. */
  readonly field?: string
  /** Variables that its texts use from now on. */
  readonly declare?: Journey['variables']
}

/** Changes what a node does. Lines of ports that it has no longer go with them. */
export const configure: Command<Configure> = {
  id: 'configure',
  shortcuts: [],
  run: ({ document, types }, { id, config, field, declare }) => {
    const change = (journey: Journey): Journey => {
      const old = journey.nodes[id]
      if (old === undefined) return journey
      const node = { ...old, config }
      const variables = declare === undefined ? journey.variables : { ...declare, ...journey.variables }
      const changed = { ...journey, variables, nodes: { ...journey.nodes, [id]: node } }
      const read = readNode(node, types, changed)
      if (read === null) return changed
      const ports = new Set(read.type.ports(read.config).map((port) => port.id))
      return keepEdges(changed, (from, port) => from !== id || ports.has(port))
    }
    edit(document, change, {
      label: 'configure',
      ...(field === undefined ? {} : { coalesce: `${id} ${field}` }),
    })
  },
}
