import { brandSettings } from '../../shared/api/settings.ts'

const root = '/api/v1/brands/own/settings'

async function put(url: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${url}${root}${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
}

/** Sets a channel of a server's own brand up, and to how many messages a second it is held. */
export async function saveSettings(
  url: string,
  channel: string,
  fields: object,
  rates: Readonly<Record<string, number>> = {},
): Promise<void> {
  await put(url, `/channels/${channel}`, fields)
  const brand = brandSettings.parse(await (await fetch(`${url}${root}/brand`)).json())
  await put(url, '/brand', { ...brand, rates })
}
