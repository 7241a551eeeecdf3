import { App, Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '../locales/useLocale.ts'
import { isShownProblem } from './problem.ts'

/** Short words at the edge of the screen: what was done, with a way to undo it, or what went wrong. */
export function useNotice() {
  const { message, notification } = App.useApp()
  const { t } = useTranslation()
  const { locale } = useLocale()
  return useMemo(
    () => ({
      done: (text: string) => {
        void message.success(text)
      },
      /** What was done can be taken back for 8 seconds, or until the function that is answered is called. */
      undoable: (text: string, undo: () => void): (() => void) => {
        const key = `undo-${text}`
        const takeBack = () => {
          message.destroy(key)
          undo()
        }
        const content = (
          <>
            {text}
            <Button type="link" size="small" onClick={takeBack}>
              {t('undo')}
            </Button>
          </>
        )
        void message.open({ key, type: 'success', duration: 8, content })
        return () => message.destroy(key)
      },
      /** What was done is done, but has an end that somebody should look at. */
      warn: (title: string, description: string) => {
        const lines = <span style={{ whiteSpace: 'pre-line' }}>{description}</span>
        notification.warning({ title, description: lines, placement: 'bottomRight', duration: 12 })
      },
      problem: (error: unknown) => {
        const told = isShownProblem(error) ? error : null
        notification.error({
          title: told ? told.describe(locale) : String(error),
          description: told?.mend(locale),
          placement: 'bottomRight',
        })
      },
    }),
    [message, notification, t, locale],
  )
}
