import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { expect, test } from 'vitest'

const entry = fileURLToPath(new URL('./track.ts', import.meta.url))

test('the script of web pages is under 5 kB as it is served, and leaves one name in the page', async () => {
  const built = await build({
    ...{ configFile: false, logLevel: 'silent', root: fileURLToPath(new URL('.', import.meta.url)) },
    build: { write: false, rolldownOptions: { input: { track: entry } } },
  })
  const [output] = [built].flat()
  const code = output !== undefined && 'output' in output ? output.output[0].code : ''
  expect(code).toContain('/collect')
  expect(code.length).toBeLessThan(5_000)
  expect(gzipSync(code).length).toBeLessThan(2_500)
  expect(code).not.toMatch(/^\s*(import|export|var|let|const)\b/m)
})
