import { dirname, join, relative } from 'node:path'
import { build } from 'vite'
import { root, worksProgram } from './places.mjs'

/** Three folders below the root, like the store, which finds the migrations from where it stands. */
await build({
  configFile: false,
  root,
  logLevel: 'error',
  build: {
    ssr: true,
    outDir: relative(root, dirname(worksProgram)),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: ['works-worker', 'helper-process', 'copy-process', 'walker-thread'].map((name) =>
        join(root, 'server', 'brand', `${name}.ts`),
      ),
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
    },
  },
  ssr: { noExternal: true, external: ['better-sqlite3', '@duckdb/node-api'] },
})
