import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const inRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const crashTests = '**/*.crash.test.ts'
const smokeTests = '**/*.smoke.test.ts'
const browserTests = 'web/e2e/**/*.e2e.test.ts'
/** How many times as long a soak goes on. */
const patience = Number(process.env.MAGPIE_SOAK ?? 1)
const unitTests = {
  // Modules keep no state, and are loaded once for all: that took longer than the tests themselves.
  isolate: false,
  setupFiles: patience > 1 ? [inRoot('server/testing/soak-properties.ts')] : [],
  testTimeout: 60_000 * patience,
  hookTimeout: 60_000 * patience,
}
const notOurs = ['**/node_modules/**', 'dist/**', 'data/**']

/** The vite application lives in web/; the tests are those of the whole project. */
export default defineConfig({
  root: process.env.VITEST ? '.' : 'web',
  plugins: process.env.VITEST ? [] : [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      input: { main: inRoot('web/index.html'), track: inRoot('web/tracking/track.ts') },
      output: {
        // The script of other sites has an address that stays.
        entryFileNames: ({ name }) => (name === 'track' ? 'track.js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/,
              priority: 4,
            },
            { name: 'elk', test: /node_modules[\\/]elkjs[\\/]/, priority: 3 },
            { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 3 },
            { name: 'flow', test: /node_modules[\\/]@xyflow[\\/]/, priority: 3 },
            // What components call as they are loaded stands apart from them: their own pieces may ask for each other in a circle.
            {
              name: 'antd-base',
              test: /node_modules[\\/](antd[\\/]es[\\/](theme|style|_util|config-provider|locale)|@ant-design[\\/](cssinjs|cssinjs-utils|fast-color|colors)|@rc-component[\\/](util|motion|resize-observer))[\\/]/,
              priority: 3,
            },
            {
              name: 'antd',
              test: /node_modules[\\/](antd|@ant-design|@rc-component)[\\/]/,
              priority: 2,
              // A page that needs no table or date picker does not load one.
              entriesAware: true,
              entriesAwareMergeThreshold: 50_000,
            },
          ],
        },
      },
    },
  },
  server: {
    // Not all of /api: the sources of web/api are served under it. The host is kept, by which writes are allowed.
    proxy: Object.fromEntries(
      ['/api/v1', '/api/docs', '/api/openapi.json'].map((path) => [
        path,
        { target: 'http://127.0.0.1:3000', changeOrigin: false },
      ]),
    ),
  },
  test: {
    globalSetup: [inRoot('server/setup/driver/driver.mjs')],
    // Files wait for files, servers and peers as much as they count: no core is left out.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['server/**/*.test.ts'],
          exclude: [...notOurs, crashTests, smokeTests],
          ...unitTests,
        },
      },
      {
        extends: true,
        test: {
          name: 'unit-pure',
          include: ['{shared,web}/**/*.test.{ts,tsx}'],
          exclude: [...notOurs, browserTests],
          ...unitTests,
        },
      },
      {
        extends: true,
        test: {
          name: 'crash',
          include: [crashTests],
          exclude: notOurs,
          fileParallelism: false,
          testTimeout: 600_000 * patience,
          hookTimeout: 120_000 * patience,
        },
      },
      {
        extends: true,
        test: {
          name: 'smoke',
          include: [smokeTests],
          exclude: notOurs,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: [browserTests],
          exclude: notOurs,
          fileParallelism: false,
          testTimeout: 420_000,
          hookTimeout: 240_000,
          // As patient as the marketer of the browser tests: an answer that comes ends the wait.
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
})
