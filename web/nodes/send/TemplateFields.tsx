import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { smsKinds } from '../../../shared/channels/sms/providers.ts'
import {
  filledText,
  reviewStates,
  type SmsTerms,
  templateVariables,
  valueRule,
} from '../../../shared/channels/sms/register.ts'
import { templateMeant } from '../../../shared/message/sms-template.ts'
import { say } from '../../../shared/text.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { About, Field } from '../../ui/fields/Field.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import type { ConfigOf, FormProps } from '../card.ts'
import { MessageField } from './MessageField.tsx'
import styles from './send.module.css'
import { TemplateMeter } from './TemplateMeter.tsx'
import { filledIn } from './template.ts'

type Config = ConfigOf<'send'>

/** The registered template of an SMS, and a text for each of its variables. */
export function TemplateFields({
  terms,
  config,
  change,
}: Omit<FormProps<Config>, 'id'> & { terms: SmsTerms }) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const { locale } = useLocale()
  const { template } = config
  const meant = templateMeant(terms, template)
  const names = meant === undefined ? [] : templateVariables(meant.text, terms.provider)
  const values = template?.values ?? {}
  const rule = meant === undefined ? null : valueRule(meant, terms.provider)
  const shown = Object.fromEntries(
    names.flatMap((name) => {
      const text = say(values[name] ?? {}, locale)
      return text === '' ? [] : [[name, filledIn(text, {})]]
    }),
  )
  return (
    <>
      <Field label={t('send.template')} path="template" extra={<About text={t('send.templateHint')} />}>
        {(field) => (
          <Select
            id={field}
            showSearch
            optionFilterProp="search"
            data-testid="sms-template"
            value={template?.code ?? null}
            placeholder={t('send.templateNone')}
            notFoundContent={t('send.templateEmpty')}
            options={[
              ...(template !== null && meant === undefined
                ? [
                    {
                      value: template.code,
                      label: t('send.templateGone', { code: template.code }),
                      search: template.code,
                    },
                  ]
                : []),
              ...terms.templates.map(({ code, name, kind, state, text }) => ({
                value: code,
                search: `${name} ${code} ${text}`,
                label: `${name} · ${format.text(smsKinds[kind])}${state === 'approved' ? '' : ` · ${format.text(reviewStates[state])}`}`,
              })),
            ]}
            // What was written for variables of the same names stays.
            onChange={(code) => change({ ...config, template: { code: code ?? '', values } }, 'template')}
          />
        )}
      </Field>
      {meant === undefined ? null : (
        <p className={styles.registered} data-testid="sms-template-text">
          {filledText(meant.text, terms.provider, shown)}
        </p>
      )}
      {meant === undefined ? null : (
        <TemplateMeter terms={terms} text={filledText(meant.text, terms.provider, shown)} />
      )}
      {names.map((name) => (
        <MessageField
          key={`${meant?.code} ${name}`}
          label={t('send.value', { name })}
          path={`template.values.${name}`}
          singleLine
          value={values[name] ?? {}}
          onChange={(text, declare) =>
            change(
              { ...config, template: { code: template?.code ?? '', values: { ...values, [name]: text } } },
              'template',
              declare,
            )
          }
          foot={(text) => <ValueFoot text={text} most={rule?.most ?? null} />}
        />
      ))}
    </>
  )
}

/** How long a value is, as long as usual for its variables, and how long it may be. */
function ValueFoot({ text, most }: { text: string; most: number | null }) {
  const { t } = useTranslation('nodes')
  const { length } = [...filledIn(text, {}).trim()]
  return (
    <div className={styles.foot}>
      <span className={most !== null && length > most ? styles.blocked : undefined}>
        {most === null ? t('send.valueLength', { length }) : t('send.valueLengthOf', { length, most })}
      </span>
    </div>
  )
}
