import { Liquid } from 'liquidjs'
import { limits } from '../../limits.ts'
import { DocTag, IfChanged, LinedTablerow, NestedComment, StrictFor } from './blocks.ts'
import { setFilters } from './filters.ts'
import { meteredOperators } from './meter.ts'
import { asRendering } from './rendering.ts'
import { MeteredCapture, StrictAssign, StrictCycle, StrictEcho } from './tags.ts'

/** Characters of a template: an e-mail with its styles fits, a book does not. */
export const LONGEST_TEMPLATE = limits.templateLength.value

/** Tags that read other files, or lay them out. A message is whole in itself. */
const FILE_TAGS = ['include', 'render', 'layout', 'block']

function createEngine(): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    operators: meteredOperators((context) => asRendering(context).meter),
    relativeReference: false,
    templates: {},
  })
  for (const name of FILE_TAGS) delete engine.tags[name]
  engine.registerTag('assign', StrictAssign)
  engine.registerTag('echo', StrictEcho)
  engine.registerTag('capture', MeteredCapture)
  engine.registerTag('cycle', StrictCycle)
  engine.registerTag('for', StrictFor)
  engine.registerTag('tablerow', LinedTablerow)
  engine.registerTag('comment', NestedComment)
  engine.registerTag('doc', DocTag)
  engine.registerTag('ifchanged', IfChanged)
  setFilters(engine)
  return engine
}

export const engine: Liquid = createEngine()
