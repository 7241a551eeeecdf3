import { useStore } from 'zustand'
import type { Locale } from '../../shared/text.ts'
import { preferences } from '../ui/preferences.ts'

/** The language of the interface, and the way to change it; the choice is remembered. */
export function useLocale(): { locale: Locale; setLocale: (locale: Locale) => void } {
  const locale = useStore(preferences, (state) => state.locale)
  return { locale, setLocale: (next) => preferences.setState({ locale: next }) }
}
