import { useSyncExternalStore } from 'react'

/** Whether the reader has asked the system for as little motion as can be; base.css stills what CSS moves. */
const wish = () => window.matchMedia('(prefers-reduced-motion: reduce)')

export const isStill = (): boolean => wish().matches

/** How long a movement made by a script may last (ms): as asked, or not at all where motion is not wanted. */
export const lasting = (ms: number): number => (isStill() ? 0 : ms)

function listen(changed: () => void): () => void {
  const query = wish()
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** `isStill`, kept up with the system. */
export function useStill(): boolean {
  return useSyncExternalStore(listen, isStill)
}
