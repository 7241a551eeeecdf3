import { describe, expect, test } from 'vitest'
import { files } from './source.ts'

const built = new Set(['ci', 'install', 'run', 'exec', 'version'])
const scriptsSource = files.find(({ path }) => path === 'package.json')?.text ?? '{}'
const { scripts }: { scripts: Record<string, string> } = JSON.parse(scriptsSource)
const documents = files.filter(({ path }) => /^(README|ARCHITECTURE)[\w.-]*\.md$/.test(path))

/** The npm scripts that a document's code, in fences and between backticks, tells the reader to run. */
function commandsIn(markdown: string): string[] {
  const code = [...markdown.matchAll(/```[^\n]*\n([\s\S]*?)```|`([^`\n]+)`/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
  return code.flatMap((text) =>
    [...text.matchAll(/\bnpm (?:run )?(?:-\S+ )*(?:run )?(?:-\S+ )*([\w:-]+)/g)].map(
      (match) => match[1] ?? '',
    ),
  )
}

const unknownIn = (markdown: string) =>
  commandsIn(markdown).filter((name) => !Object.hasOwn(scripts, name) && !built.has(name))

describe('the documents', () => {
  test.skipIf(documents.length === 0)('name only commands that exist', () => {
    expect(
      documents.flatMap(({ path, text }) => unknownIn(text).map((name) => `${path}: npm ${name}`)),
    ).toEqual([])
  })

  test('a command in code is found, prose is not', () => {
    const text =
      'Use npm as ever.\n```sh\nnpm start\nPORT=3001 npm start\nnpm run -s magpie -- validate FILE\n```\nor `npm run bench`'
    expect(commandsIn(text)).toEqual(['start', 'start', 'magpie', 'bench'])
  })

  test('a command that does not exist is found', () => {
    expect(unknownIn('```\nnpm run fly\n```')).toEqual(['fly'])
  })
})
