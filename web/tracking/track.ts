/**
 * Tells of visits of a web page: loaded as /track.js with `data-key`. Nothing is kept or sent before consent(true); where
 * the browser says that it is not to be tracked (Global Privacy Control) there is no consent.
 */
;(() => {
  interface Told {
    id: string
    name: string
    at: number
    properties: Record<string, unknown>
  }
  const script = document.currentScript
  if (!(script instanceof HTMLScriptElement)) return
  const key = script.dataset.key ?? ''
  const place = new URL('/collect', script.src).href
  const names = { consent: 'magpie_consent', visitor: 'magpie_visitor', queue: 'magpie_queue' } as const
  const longMs = 30_000
  const most = 50
  /** How long what is told at once may be: in bytes at most three times as much, which a page that ends may still send. */
  const mostLength = 20_000
  const cut = (text: string) => text.slice(0, 1000)

  /** Where storage is refused, a cookie is the other way. */
  const storageOrNull = () => {
    try {
      return localStorage
    } catch {
      return null
    }
  }
  const storage = storageOrNull()
  const store = {
    get(name: string): string | null {
      const kept = storage?.getItem(name) ?? null
      if (kept !== null) return kept
      const found = new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)
      return found?.[1] === undefined ? null : decodeURIComponent(found[1])
    },
    set(name: string, value: string) {
      try {
        if (storage === null) throw new Error('storage')
        storage.setItem(name, value)
      } catch {
        if (name === names.queue) return
        // biome-ignore lint/suspicious/noDocumentCookie: the other way is not there in every browser, nor on plain HTTP
        document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`
      }
    },
    remove(name: string) {
      storage?.removeItem(name)
      // biome-ignore lint/suspicious/noDocumentCookie: as above
      document.cookie = `${name}=; path=/; max-age=0`
    },
  }
  const id = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    )
  const privately = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true
  let allowed = !privately && store.get(names.consent) === '1'
  let queue: Told[] = []
  let identity: { id: string; signature: string } | null = null
  let timer = 0
  let pauseMs = 1000
  let sending = false

  const visitor = () => {
    const known = store.get(names.visitor)
    if (known !== null) return known
    const made = id()
    store.set(names.visitor, made)
    return made
  }
  const keep = () => store.set(names.queue, JSON.stringify(queue))
  const bodyOf = (events: Told[]) =>
    JSON.stringify({
      key,
      visitor: visitor(),
      events: events.map(({ at, ...one }) => ({ ...one, ago: Math.max(0, Date.now() - at) })),
      ...(identity && { identify: identity }),
    })
  /** The next that are told at once; what is too long by itself is told by nobody. */
  const nextPart = () => {
    const lengthOf = (one: Told) => JSON.stringify(one).length
    queue = queue.filter((one) => lengthOf(one) <= mostLength)
    const part: Told[] = []
    let length = 0
    for (const one of queue.slice(0, most)) {
      length += lengthOf(one)
      if (length > mostLength) break
      part.push(one)
    }
    return part
  }
  const plan = (ms: number) => {
    clearTimeout(timer)
    timer = window.setTimeout(flush, ms)
  }
  const flush = async () => {
    if (!allowed || sending || (queue.length === 0 && !identity)) return
    const part = nextPart()
    const said = identity
    sending = true
    let status: number
    try {
      const answer = await fetch(place, {
        ...{ method: 'POST', body: bodyOf(part), keepalive: true, credentials: 'omit' },
        headers: { 'content-type': 'text/plain' },
      })
      status = answer.status
    } catch {
      // Told again below: each event counts once by its id.
      status = 0
    }
    sending = false
    if (!allowed) return
    if (status === 0 || status === 429 || status >= 500) {
      pauseMs = Math.min(pauseMs * 2, 300_000)
      plan(pauseMs)
      return
    }
    pauseMs = 1000
    const done = new Set(part.map((one) => one.id))
    queue = queue.filter((one) => !done.has(one.id))
    if (identity === said) identity = null
    keep()
    if (queue.length > 0 || identity) plan(0)
  }
  const track = (name: string, properties: Record<string, unknown> = {}) => {
    if (!allowed) return
    queue.push({ id: id(), name: cut(String(name)), at: Date.now(), properties })
    queue = queue.slice(-500)
    keep()
    plan(300)
  }

  let shown: { url: string; path: string; title: string } | null = null
  let seenMs = 0
  let since = 0
  let longTimer = 0
  let long = false
  const visible = () => document.visibilityState === 'visible'
  const dwelt = () => {
    if (shown && !long) {
      long = true
      track('page_dwelled', { ...shown, seconds: longMs / 1000 })
    }
  }
  const pauseLook = () => {
    if (since > 0) seenMs += Date.now() - since
    since = 0
    clearTimeout(longTimer)
  }
  const look = () => {
    if (!shown || !visible() || since > 0) return
    since = Date.now()
    if (!long) longTimer = window.setTimeout(dwelt, Math.max(0, longMs - seenMs))
  }
  const leave = () => {
    pauseLook()
    if (shown) track('page_left', { ...shown, dwell: Math.round(seenMs / 1000) })
    shown = null
  }
  const page = (properties: Record<string, unknown> = {}) => {
    leave()
    if (!allowed) return
    shown = { url: cut(location.href), path: cut(location.pathname), title: cut(document.title) }
    seenMs = 0
    long = false
    track('page_viewed', { ...shown, referrer: cut(document.referrer), ...properties })
    look()
  }
  /** What a page still tells that may be gone the next moment; the next page tells it again, and it counts once. */
  const lastWords = () => {
    if (allowed && queue.length > 0) navigator.sendBeacon(place, bodyOf(nextPart()))
  }
  /** A page that changes without being loaded anew. */
  const routed = () => {
    if (shown && shown.url !== cut(location.href)) page()
  }
  for (const name of ['pushState', 'replaceState'] as const) {
    const own = history[name]
    history[name] = (...given) => {
      own.apply(history, given)
      setTimeout(routed, 0)
    }
  }
  addEventListener('popstate', () => setTimeout(routed, 0))
  document.addEventListener('visibilitychange', () => {
    if (visible()) look()
    else {
      pauseLook()
      lastWords()
    }
  })
  addEventListener('pagehide', () => {
    leave()
    lastWords()
  })

  const forget = () => {
    for (const name of Object.values(names)) store.remove(name)
  }
  const consent = (yes: boolean) => {
    if (yes && privately) return false
    const before = allowed
    allowed = yes
    if (yes) {
      store.set(names.consent, '1')
      if (!before) page()
      return true
    }
    pauseLook()
    clearTimeout(timer)
    shown = null
    queue = []
    identity = null
    forget()
    return false
  }
  /** Who is logged in, as the shop's own server has signed it; unsigned it says nothing. */
  const identify = (customer: string, signature: string) => {
    if (!allowed || !signature) return
    identity = { id: customer, signature }
    plan(0)
  }
  Object.assign(window, {
    magpie: { consent, identify, track, page, id: () => (allowed ? visitor() : null) },
  })
  if (privately) forget()
  if (allowed) {
    try {
      queue = JSON.parse(store.get(names.queue) ?? '[]')
    } catch {
      queue = []
    }
    page()
  }
  dispatchEvent(new Event('magpie'))
})()
