import { type ESTree, Visitor } from 'vite'
import { expect, test } from 'vitest'
import { rules } from '../../../shared/journey/rules.ts'
import { isTest, lineAt, parse, type Source, sources } from './source.ts'

/** Where zod takes a rule's words: the last argument, a text or an object that holds one. */
const ruleMakers = new Set(['refine', 'regex', 'min', 'max', 'length', 'url', 'email', 'addIssue'])
const mustSay = new Set(['refine', 'regex'])

const textOf = (node: ESTree.Node | undefined | null) =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined

function wordsIn(argument: ESTree.Node | undefined): string | undefined {
  if (argument?.type !== 'ObjectExpression') return textOf(argument)
  for (const property of argument.properties) {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') continue
    if (property.key.name === 'message' || property.key.name === 'error') return textOf(property.value)
  }
  return undefined
}

/** Rules of schemas whose words are missing, or have no Chinese. */
function speechless(source: Source): string[] {
  const found: string[] = []
  new Visitor({
    CallExpression(node) {
      const { callee } = node
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return
      const { name } = callee.property
      if (!ruleMakers.has(name)) return
      const words = wordsIn(node.arguments.at(-1))
      const at = `${source.path}:${lineAt(source.text, node.start)}`
      if (words === undefined && mustSay.has(name)) found.push(`${at}: ${name} does not say what it wants`)
      if (words !== undefined && !Object.hasOwn(rules, words)) found.push(`${at}: no Chinese for "${words}"`)
    },
  }).visit(parse(source))
  return found
}

const schemas = sources.filter(
  ({ path, text }) => path.startsWith('shared/') && !isTest(path) && text.includes("from 'zod'"),
)

test('what a schema asks for is said in words, and in Chinese too', () => {
  expect(schemas.flatMap(speechless)).toEqual([])
})

test('a rule without words, or without its Chinese, is found', () => {
  const text =
    "z.string().regex(/x/)\nz.string().refine(isX, 'an x')\nz.string().refine(isX, { message: 'HH:MM' })"
  expect(speechless({ path: 'sample.ts', text })).toEqual([
    'sample.ts:1: regex does not say what it wants',
    'sample.ts:2: no Chinese for "an x"',
  ])
})
