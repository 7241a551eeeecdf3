import { existsSync } from 'node:fs'
import { sentenceFor } from './causes.mjs'
import { inRoot } from './places.mjs'
import { captured } from './processes.mjs'
import { SetupProblem, say, withProgress } from './terminal.mjs'

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** A browser that is there may still be a stub or lack a library: it must be able to name itself. */
async function runs(/** @type {string} */ path) {
  if (!existsSync(path)) return false
  const { code, output } = await captured(path, ['--version'])
  return code === 0 && /Chrom/.test(output)
}

async function playwrightBrowser() {
  const { chromium } = await import('playwright-core')
  return chromium.executablePath()
}

async function installedBrowser() {
  for (const path of [...systemBrowsers, await playwrightBrowser()]) {
    if (await runs(path)) return path
  }
  return undefined
}

const isDebianRoot = () => existsSync('/etc/debian_version') && process.getuid?.() === 0

/** @param {string[]} packages @returns {Promise<boolean>} whether they are installed now */
async function aptInstall(packages) {
  return withProgress(`Installing ${packages.join(' and ')}`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await captured('apt-get', ['update'], { env })
    const args = ['install', '-y', '--no-install-recommends', ...packages]
    const { code, output } = await captured('apt-get', args, { env })
    if (code !== 0) say(`\n${output.trim().split('\n').slice(-5).join('\n')}`)
    return code === 0
  })
}

async function downloadBrowser() {
  const cli = inRoot('node_modules', 'playwright-core', 'cli.js')
  const { code, output } = await withProgress('Downloading Chromium', () =>
    captured(process.execPath, [cli, 'install', 'chromium']),
  )
  const path = await playwrightBrowser()
  if (code === 0 && (await runs(path))) return path
  say(output.trim().split('\n').slice(-10).join('\n'))
  throw new SetupProblem(
    (code === 0 ? undefined : sentenceFor(output)) ??
      'The browser tests need Chromium, which could not be installed. Install it by hand (Debian: `apt-get install chromium`; or `npx playwright-core install --with-deps chromium`), or name one: MAGPIE_CHROMIUM=/path/to/chromium npm test',
  )
}

/** Without a CJK font a browser draws boxes for Chinese, and pictures of pages would show them. */
async function ensureFonts() {
  if (process.platform !== 'linux') return
  const { code, output } = await captured('fc-list', [':lang=zh'])
  if (code === 0 && output.trim() !== '') return
  if (isDebianRoot() && (await aptInstall(['fontconfig', 'fonts-noto-cjk']))) return
  say(
    'No Chinese font was found (for example fonts-noto-cjk): Chinese will show as boxes in the browser tests.',
  )
}

/** @returns {Promise<string>} the path of a Chromium that runs; one is installed where there is none */
export async function chromiumForBrowser() {
  const chosen = process.env.MAGPIE_CHROMIUM
  if (chosen && !(await runs(chosen))) {
    throw new SetupProblem(
      `MAGPIE_CHROMIUM names ${chosen}, which is no Chromium that runs. Correct it or leave it out.`,
    )
  }
  let browser = chosen || (await installedBrowser())
  if (browser === undefined && isDebianRoot() && (await aptInstall(['chromium', 'fonts-noto-cjk']))) {
    browser = await installedBrowser()
  }
  await ensureFonts()
  return browser ?? (await downloadBrowser())
}
