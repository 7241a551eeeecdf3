import { App, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { MeanwhileAnswer } from '../../shared/api/journeys.ts'
import { useFormat } from './useFormat.ts'

interface Asked extends Pick<MeanwhileAnswer, 'triggers'> {
  /** What a trigger is called; an id alone where its name is not known. */
  readonly nameOf: (node: string) => string
}

/**
 * Asks before a journey goes on whether those come in who qualified while it stood still (rule 3), their number
 * beside the tick. Resolves to the tick, or to null where it is not to go on; where nobody qualified nothing is asked.
 */
export function useResumeQuestion(): (asked: Asked) => Promise<boolean | null> {
  const { modal } = App.useApp()
  const { t } = useTranslation()
  const format = useFormat()
  return ({ triggers, nameOf }) => {
    const qualified = triggers.filter(({ customers }) => customers > 0)
    if (qualified.length === 0) return Promise.resolve(false)
    return new Promise((resolve) => {
      let letIn = false
      modal.confirm({
        title: t('resume.title'),
        content: (
          <>
            <p>{t('resume.text')}</p>
            <ul>
              {qualified.map(({ node, customers: count }) => (
                <li key={node}>
                  {t('resume.trigger', { name: nameOf(node), count, people: format.count(count) })}
                </li>
              ))}
            </ul>
            <Checkbox
              data-testid="resume-let-in"
              onChange={({ target }) => {
                letIn = target.checked
              }}
            >
              {t('resume.letIn')}
            </Checkbox>
          </>
        ),
        okText: t('resume.go'),
        cancelText: t('cancel'),
        onOk: () => resolve(letIn),
        onCancel: () => resolve(null),
      })
    })
  }
}
