import { Input, Tooltip } from 'antd'
import { type ChangeEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { limits } from '../../shared/limits.ts'
import { type Locale, locales, say, type WrittenText } from '../../shared/text.ts'
import { useLocale } from '../locales/useLocale.ts'
import styles from './LocalTextInput.module.css'

export interface LocalTextInputProps {
  value?: WrittenText | undefined
  /** A language whose text is emptied is left out of the value. */
  onChange?: (value: WrittenText) => void
  id?: string
  placeholder?: string
  /** Lines of a longer text; without it a single line, which holds a name. */
  rows?: number
  maxLength?: number
  'aria-label'?: string
}

const short: Record<Locale, string> = { 'zh-CN': '中', en: 'EN' }

/** One text in both languages, one shown at a time, beginning with the reader's; a dot marks what is missing. */
export function LocalTextInput({ value = {}, onChange, rows, ...rest }: LocalTextInputProps) {
  const { t } = useTranslation()
  const { locale } = useLocale()
  const [shown, setShown] = useState<Locale>(locale)
  const change = (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    const { [shown]: _, ...others } = value
    onChange?.(event.target.value === '' ? others : { ...others, [shown]: event.target.value })
  }
  // What is read as long as this language is missing.
  const placeholder = say(value, shown) || rest.placeholder
  const field = { ...rest, placeholder, value: value[shown] ?? '', onChange: change, lang: shown }
  return (
    <div className={styles.pair}>
      {rows === undefined ? (
        <Input maxLength={limits.titleLength.value} {...field} />
      ) : (
        <Input.TextArea {...field} autoSize={{ minRows: rows }} />
      )}
      <fieldset className={styles.languages}>
        {locales.map((language) => {
          const name = t(`language.${language}`)
          const missing = !value[language]
          return (
            <Tooltip key={language} title={missing ? t('localText.missing', { language: name }) : name}>
              <button
                type="button"
                aria-pressed={language === shown}
                aria-label={t('localText.switch', { language: name })}
                onClick={() => setShown(language)}
              >
                {short[language]}
                {missing ? <i /> : null}
              </button>
            </Tooltip>
          )
        })}
      </fieldset>
    </div>
  )
}
