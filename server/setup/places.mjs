import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** @param {...string} parts @returns {string} an absolute path inside the checkout */
export const inRoot = (...parts) => join(root, ...parts)

export const lockFile = inRoot('package-lock.json')
export const installStamp = inRoot('node_modules', '.magpie-installed')
export const webStamp = inRoot('dist', 'web.stamp')
export const webPage = inRoot('dist', 'web', 'index.html')
export const worksStamp = inRoot('dist', 'works.stamp')
export const worksProgram = inRoot('dist', 'server', 'works', 'works-worker.mjs')
export const helperProgram = inRoot('dist', 'server', 'works', 'helper-process.mjs')
