/** What a test prepares without the page: the brand's own interface over HTTP. */
export interface Api {
  get(path: string): Promise<unknown>
  /** A body that is a form is sent as one, such as a file to import. */
  post(path: string, body?: unknown): Promise<unknown>
  put(path: string, body: unknown): Promise<unknown>
}

/** The API of one brand. Rejects with the answer's text where it is a refusal. */
export function apiOf(url: string, brand: 'demo' | 'own'): Api {
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/api/v1/brands/${brand}${path}`, {
      method,
      ...payload(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
  }
}

interface Made {
  readonly journey: { readonly id: string }
  readonly revision: number
}

function payload(body: unknown): RequestInit {
  if (body === undefined) return {}
  if (body instanceof FormData) return { body }
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

/** Makes a journey of a template and publishes it; the answer is its id. */
export async function publishTemplate(api: Api, template: string): Promise<string> {
  // The answers' shapes are the server's own contract, which its tests hold.
  const { journey, revision } = (await api.post('/journeys', { template })) as Made
  await api.post(`/journeys/${journey.id}/publish`, { revision })
  return journey.id
}
