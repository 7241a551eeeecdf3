import { Input } from 'antd'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'

/** How long typing must pause before the server is asked (ms). */
const typingPause = 250

interface SearchBoxProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly 'data-testid'?: string
}

/** Searches a list by what is typed, once typing has paused. */
export function SearchBox({ label, value, onChange, ...marks }: SearchBoxProps) {
  const [typed, setTyped] = useState(value)
  useEffect(() => {
    if (typed.trim() === value) return
    const timer = setTimeout(() => onChange(typed.trim()), typingPause)
    return () => clearTimeout(timer)
  }, [typed, value, onChange])
  return (
    <Input
      allowClear
      style={{ width: 240 }}
      prefix={<Search size={14} aria-hidden />}
      placeholder={label}
      aria-label={label}
      maxLength={100}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      {...marks}
    />
  )
}
