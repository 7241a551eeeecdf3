import { z } from 'zod'
import { createJSONStorage, persist } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import { type Locale, locales } from '../../shared/text.ts'
import type { Mode } from '../theme/tokens.ts'

const remembered = z.object({ locale: z.enum(locales), mode: z.enum(['light', 'dark']) }).partial()

interface Preferences {
  locale: Locale
  mode: Mode
}

/** What the browser asks for: English for a reader of English, dark where the system is dark. */
function wished(): Preferences {
  if (typeof window === 'undefined') return { locale: 'zh-CN', mode: 'light' }
  const mode: Mode = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  return { locale: navigator.language.startsWith('en') ? 'en' : 'zh-CN', mode }
}

/** What one reader chose for this browser. A remembered value that no longer makes sense is ignored. */
export const preferences = createStore<Preferences>()(
  persist(wished, {
    name: 'magpie.preferences',
    storage: createJSONStorage(() => localStorage),
    merge: (stored, current) => {
      const kept = remembered.safeParse(stored).data
      return { locale: kept?.locale ?? current.locale, mode: kept?.mode ?? current.mode }
    },
  }),
)
