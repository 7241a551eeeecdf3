import { type Template, TypeGuards } from 'liquidjs'

/** Tags that write nothing themselves, so that the white space around them is only how the template is laid out. */
const silent = new Set(['assign', 'capture', 'comment', 'doc', '#'])

const isSilent = ({ token }: Template): boolean => TypeGuards.isTagToken(token) && silent.has(token.name)

function isBlank(template: Template, blanks: ReadonlySet<Template>): boolean {
  if (isSilent(template) || blanks.has(template)) return true
  return TypeGuards.isHTMLToken(template.token) && template.token.getContent().trim() === ''
}

/** The lists of templates that a block holds, one for each of its branches. */
function branchesOf(block: Template): Template[][] {
  const found: Template[][] = []
  const take = (list: unknown) => {
    if (Array.isArray(list)) found.push(list)
  }
  take(Reflect.get(block, 'templates'))
  take(Reflect.get(block, 'elseTemplates'))
  const branches: unknown = Reflect.get(block, 'branches')
  if (Array.isArray(branches)) for (const branch of branches) take(Reflect.get(branch, 'templates'))
  return found
}

const blocks = new Set(['if', 'unless', 'case', 'for'])

/**
 * A block whose branches write nothing but white space writes nothing at all, as in Liquid: so a message gets no
 * empty lines from conditions that only assign. Notes the block among `blanks` where that is so.
 */
export function dropBlank(template: Template, blanks: Set<Template>): void {
  if (!TypeGuards.isTagToken(template.token) || !blocks.has(template.token.name)) return
  const branches = branchesOf(template)
  if (!branches.every((branch) => branch.every((one) => isBlank(one, blanks)))) return
  for (const branch of branches) {
    const kept = branch.filter((one) => !TypeGuards.isHTMLToken(one.token))
    branch.splice(0, branch.length, ...kept)
  }
  blanks.add(template)
}
