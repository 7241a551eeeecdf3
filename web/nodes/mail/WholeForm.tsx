import { ColorPicker } from 'antd'
import { useTranslation } from 'react-i18next'
import type { MailDocument, MailLook } from '../../../shared/mail/blocks.ts'
import { Section } from '../../ui/fields/Field.tsx'
import { type Declare, Said, type Subject } from './controls.tsx'
import styles from './mail.module.css'

const colours = ['accent', 'background', 'panel', 'ink'] as const satisfies readonly (keyof MailLook)[]

/** What of the whole mail is read and changed, while no block is selected. */
export function WholeForm({
  document,
  subject,
  change,
}: {
  document: MailDocument
  subject: Subject
  change: (document: MailDocument, field: string, declare?: Declare) => void
}) {
  const { t } = useTranslation('mail')
  const { look, preheader } = document
  return (
    <>
      <Section title={t('whole.title')}>
        <Said
          path="subject"
          label={t('whole.subject')}
          value={subject.value}
          singleLine
          onChange={subject.change}
        />
        <Said
          path="mail.preheader"
          label={t('whole.preheader')}
          value={preheader ?? { 'zh-CN': '', en: '' }}
          singleLine
          onChange={(text, declare) => change({ ...document, preheader: text }, 'preheader', declare)}
        />
        <p className={styles.hint}>{t('whole.preheaderHint')}</p>
      </Section>
      <Section title={t('whole.colours')}>
        {colours.map((name) => (
          <div key={name} className={styles.choice}>
            <span>{t(`whole.names.${name}`)}</span>
            <ColorPicker
              size="small"
              disabledAlpha
              showText
              value={look[name]}
              aria-label={t(`whole.names.${name}`)}
              onChangeComplete={(colour) =>
                change(
                  { ...document, look: { ...look, [name]: colour.toHexString().slice(0, 7) } },
                  `look ${name}`,
                )
              }
            />
          </div>
        ))}
      </Section>
    </>
  )
}
