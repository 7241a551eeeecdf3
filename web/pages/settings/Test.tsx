import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../../api/problem.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'

export interface TestProps {
  words: 'channels' | 'ai'
  test: { readonly isPending: boolean; readonly error: unknown; readonly mutate: () => void }
  /** The other side's answer. */
  children: ReactNode
}

/** The button that asks the other side whether the saved settings work, and its answer beneath. */
export function Test({ words, test, children }: TestProps) {
  const { t } = useTranslation('settings')
  return (
    <>
      <Button loading={test.isPending} onClick={() => test.mutate()} data-testid={`test-${words}`}>
        {t(`${words}.test`)}
      </Button>
      <div style={{ flexBasis: '100%', order: 9 }}>
        {test.error ? <ProblemAlert problem={asProblem(test.error)} /> : children}
      </div>
    </>
  )
}

/** Whether it works; where it does not, what the other side said is for an engineer. */
export function Verdict({ ok, title, detail }: { ok: boolean; title: string; detail: string }) {
  return <Alert type={ok ? 'success' : 'error'} showIcon title={title} description={ok ? null : detail} />
}
