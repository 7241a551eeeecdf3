import { Button, Tooltip } from 'antd'
import { Moon, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useLocale } from '../locales/useLocale.ts'
import { preferences } from '../ui/preferences.ts'

/** Between Chinese and English; the button bears the language it leads to. */
export function LanguageSwitch() {
  const { t } = useTranslation('shell')
  const { locale, setLocale } = useLocale()
  const label = locale === 'en' ? t('language.toChinese') : t('language.toEnglish')
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        aria-label={label}
        style={{ width: 36, padding: 0 }}
        onClick={() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}
      >
        {locale === 'en' ? '中' : 'EN'}
      </Button>
    </Tooltip>
  )
}

/** Between light and dark. */
export function ModeSwitch() {
  const { t } = useTranslation('shell')
  const mode = useStore(preferences, (state) => state.mode)
  const label = mode === 'dark' ? t('theme.toLight') : t('theme.toDark')
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        aria-label={label}
        icon={mode === 'dark' ? <Sun size={16} /> : <Moon size={16} />}
        onClick={() => preferences.setState({ mode: mode === 'dark' ? 'light' : 'dark' })}
      />
    </Tooltip>
  )
}
