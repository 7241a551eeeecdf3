/** What browsers call themselves; the first that fits, as most name the others too. */
const browsers = [
  ['MicroMessenger/', 'WeChat'],
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['FxiOS/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['CriOS/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['OpenHarmony', 'HarmonyOS'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

const named = (agent: string, table: readonly (readonly [string, string])[]) =>
  table.find(([mark]) => agent.includes(mark))?.[1]

/** `Chrome · Windows` for a browser; a program as it names itself, without its version. */
export function sayAgent(agent: string): string {
  const parts = [named(agent, browsers), named(agent, systems)].filter((part) => part !== undefined)
  return parts.length > 0 ? parts.join(' · ') : (agent.split(/[/\s]/)[0] ?? '')
}
