import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { DiagnosticAnswer } from '../../shared/api/diagnostics.ts'
import { useLocale } from '../locales/useLocale.ts'
import styles from './Findings.module.css'

/** What is wrong or doubtful, each with its mend; nothing where there is nothing to say. */
export function Findings({ findings }: { findings: readonly DiagnosticAnswer[] }) {
  const { locale } = useLocale()
  if (findings.length === 0) return null
  return (
    <ul className={styles.list} data-testid="findings">
      {findings.map(({ code, field, severity, message, mend }) => {
        const Icon = severity === 'error' ? CircleAlert : TriangleAlert
        return (
          <li key={`${code} ${field} ${message.en}`} className={styles[severity]}>
            <Icon size={14} aria-hidden />
            <span>
              {message[locale]}
              <small>{mend[locale]}</small>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
