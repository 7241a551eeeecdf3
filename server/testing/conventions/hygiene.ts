import { type ESTree, Visitor } from 'vite'
import { lineAt, parse, type Source } from './source.ts'

/** Lines of `catch` blocks without a statement: what went wrong would be nobody's knowledge. */
export function emptyCatches(source: Source): number[] {
  const lines: number[] = []
  new Visitor({
    CatchClause: (node) => {
      if (node.body.body.length === 0) lines.push(lineAt(source.text, node.start))
    },
  }).visit(parse(source))
  return lines
}

/** Lines that turn other tests off (`only`) or tests off for good (`skip`); `skipIf` states its reason. */
export function silencedTests(source: Source): number[] {
  const lines: number[] = []
  new Visitor({
    MemberExpression: (node) => {
      const property = node.property.type === 'Identifier' ? node.property.name : ''
      const runner = runnerOf(node.object)
      if (runner !== undefined && ['only', 'skip', 'todo', 'fails'].includes(property)) {
        lines.push(lineAt(source.text, node.start))
      }
    },
  }).visit(parse(source))
  return lines
}

const runners = new Set(['test', 'it', 'describe', 'suite'])

/** `test` of `test(...)`, `test.each(...)(...)` and `test.skipIf(...)(...)`. */
function runnerOf(node: ESTree.Node): string | undefined {
  if (node.type === 'Identifier') return runners.has(node.name) ? node.name : undefined
  if (node.type === 'MemberExpression') return runnerOf(node.object)
  if (node.type === 'CallExpression') return runnerOf(node.callee)
  if (node.type === 'TaggedTemplateExpression') return runnerOf(node.tag)
  return undefined
}

function titleOf(node: ESTree.CallExpression): string | undefined {
  if (runnerOf(node.callee) === undefined) return undefined
  const [title, ...rest] = node.arguments
  const takesTest = rest.some((part) => /FunctionExpression$/.test(part.type))
  if (title === undefined || !takesTest) return undefined
  if (title.type === 'Literal' && typeof title.value === 'string') return title.value
  if (title.type === 'TemplateLiteral') return title.quasis.map((part) => part.value.raw).join('*')
  return undefined
}

/** Full names (`describe > test`) that more than one test of a file bears. */
export function duplicateTestNames(source: Source): string[] {
  const seen = new Set<string>()
  const twice: string[] = []
  const within: string[] = []
  new Visitor({
    CallExpression: (node) => {
      const title = titleOf(node)
      if (title === undefined) return
      within.push(title)
      const name = within.join(' > ')
      if (seen.has(name)) twice.push(name)
      seen.add(name)
    },
    'CallExpression:exit': (node) => {
      if (titleOf(node) !== undefined) within.pop()
    },
  }).visit(parse(source))
  return twice
}

const mostLines = 400

/** Whether a file is past the length at which it holds more than one idea. */
export const isTooLong = ({ text }: Source) => text.trimEnd().split('\n').length > mostLines
