import { Tooltip } from 'antd'
import { CircleHelp } from 'lucide-react'
import { type ReactNode, useContext, useId } from 'react'
import styles from './Field.module.css'
import { FieldPlaceContext, FieldProblemsContext } from './problems.ts'

export interface FieldProps {
  label?: string
  /** Where its value stands in the node's configuration; problems of that place are shown below it. */
  path?: string
  /** One quiet sentence below. */
  hint?: ReactNode
  /** Beside the label. */
  extra?: ReactNode
  /** The control; given the id that the label points to, where it wants one. */
  children: ReactNode | ((id: string) => ReactNode)
}

/** A labelled control with its problems. */
export function Field({ label, path, hint, extra, children }: FieldProps) {
  const id = useId()
  const before = useContext(FieldPlaceContext)
  const place = path === undefined ? undefined : `${before}${path}`
  const problems = useContext(FieldProblemsContext)(place ?? '')
  return (
    <div className={styles.field} data-field={place}>
      {label || extra ? (
        <div className={styles.head}>
          <label htmlFor={id}>{label}</label>
          {extra}
        </div>
      ) : null}
      {typeof children === 'function' ? children(id) : children}
      {path === undefined
        ? null
        : problems.map(({ text, severity }) => (
            <p key={text} className={severity === 'error' ? styles.problem : styles.doubt} role="alert">
              {text}
            </p>
          ))}
      {hint ? <p className={styles.hint}>{hint}</p> : null}
    </div>
  )
}

/** A word of explanation behind a question mark, for what need not be read each time. */
export function About({ text }: { text: string }) {
  return (
    <Tooltip title={text}>
      <button type="button" className={styles.about} aria-label={text}>
        <CircleHelp size={13} aria-hidden />
      </button>
    </Tooltip>
  )
}

/** Controls side by side, as one sentence reads. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>
}

/** A word between controls. */
export function Word({ children }: { children: ReactNode }) {
  return <span className={styles.word}>{children}</span>
}

/** Fields that belong together. */
export function Section({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      {title ? <h3>{title}</h3> : null}
      {children}
    </section>
  )
}
