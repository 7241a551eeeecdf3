import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../..', import.meta.url))
/** Three folders below the root, like the store, which finds the migrations from where it stands. */
const outDir = join('dist', 'server', 'crash')

/** Makes one file of a program, which is then up in a fraction of the time; answers where it lies. */
export async function bundleProgram(
  name: string,
  from = join('server', 'testing', 'crash'),
): Promise<string> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: join(from, `${name}.ts`),
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
    ssr: { noExternal: true, external: ['better-sqlite3', '@duckdb/node-api'] },
  })
  return join(root, outDir, `${name}.mjs`)
}
