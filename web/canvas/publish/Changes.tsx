import { useTranslation } from 'react-i18next'
import styles from './Changes.module.css'
import type { SaidChange, SaidDifference, SaidField, SaidLine } from './changes.ts'

/** What differs between two versions, in words. */
export function Changes({ difference }: { difference: SaidDifference }) {
  const { t } = useTranslation('difference')
  const { changes, lines, change } = difference
  return (
    <div className={styles.changes} data-testid="changes">
      <p className={styles.kind} data-testid="change-kind">
        {t(`kinds.${change}`)}
      </p>
      {changes.length === 0 ? null : (
        <ul className={styles.list}>
          {changes.map((one) => (
            <Change key={one.key} change={one} />
          ))}
        </ul>
      )}
      {lines.length === 0 ? null : (
        <ul className={styles.list}>
          {lines.map((line) => (
            <Line key={line.key} line={line} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Change({ change: { mark, name, sentences, fields } }: { change: SaidChange }) {
  const { t } = useTranslation('difference')
  const [first, second] = sentences
  return (
    <li data-mark={mark}>
      <em>{t(`marks.${mark}`)}</em>
      <div>
        <strong>{name}</strong>
        {first === undefined ? null : (
          <p>{second === undefined ? first : t('from', { before: first, after: second })}</p>
        )}
        {fields.map((field) => (
          <Field key={field.name} field={field} />
        ))}
      </div>
    </li>
  )
}

function Field({ field: { name, values } }: { field: SaidField }) {
  const { t } = useTranslation('difference')
  return (
    <p className={styles.field}>
      {values === null
        ? t('fieldChanged', { name })
        : t('fieldFrom', { name, before: values[0], after: values[1] })}
    </p>
  )
}

function Line({ line: { mark, from, port, to } }: { line: SaidLine }) {
  const { t } = useTranslation('difference')
  return (
    <li data-mark={mark}>
      <em>{t(`lines.${mark}`)}</em>
      <p>{t('line', { from, port, to })}</p>
    </li>
  )
}
