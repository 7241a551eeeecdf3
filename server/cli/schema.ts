import { parseArgs } from 'node:util'
import { journeyJsonSchema } from '../../shared/journey/file.ts'
import { registry } from '../../shared/nodes/index.ts'
import { type Command, printJson } from './command.ts'

/** The JSON Schema of journey files, made of the node types' own schemas. */
export const schema: Command = {
  usage: 'schema',
  async run(args, terminal) {
    parseArgs({ args: [...args], options: {} })
    printJson(terminal, journeyJsonSchema(registry))
    return 0
  },
}
