import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type Locale, locales } from '../../shared/text.ts'
import { preferences } from '../ui/preferences.ts'
import en from './en/index.ts'
import zh from './zh-CN/index.ts'

/** Starts i18next with both languages on board, and keeps it and the document on the chosen one. */
export function installLocales(): void {
  const choose = (locale: Locale) => {
    document.documentElement.lang = locale
    if (i18next.language !== locale) void i18next.changeLanguage(locale)
  }
  void i18next.use(initReactI18next).init({
    resources: { 'zh-CN': zh, en },
    lng: preferences.getState().locale,
    supportedLngs: [...locales],
    fallbackLng: false,
    defaultNS: 'common',
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  choose(preferences.getState().locale)
  preferences.subscribe((state) => choose(state.locale))
}
