import { expect, test } from 'vitest'
import { applyPatch } from '../../../lib/formats/json/json-patch.ts'

/** The examples of RFC 6902, appendix A: document, patch, and what it comes to (null: it cannot be applied). */
const EXAMPLES: readonly (readonly [string, unknown, object[], { value: unknown } | null])[] = [
  [
    'A.1 add a member',
    { foo: 'bar' },
    [{ op: 'add', path: '/baz', value: 'qux' }],
    { value: { baz: 'qux', foo: 'bar' } },
  ],
  [
    'A.2 add an element',
    { foo: ['bar', 'baz'] },
    [{ op: 'add', path: '/foo/1', value: 'qux' }],
    { value: { foo: ['bar', 'qux', 'baz'] } },
  ],
  ['A.3 remove a member', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { value: { foo: 'bar' } }],
  [
    'A.4 remove an element',
    { foo: ['bar', 'qux', 'baz'] },
    [{ op: 'remove', path: '/foo/1' }],
    { value: { foo: ['bar', 'baz'] } },
  ],
  [
    'A.5 replace',
    { baz: 'qux', foo: 'bar' },
    [{ op: 'replace', path: '/baz', value: 'boo' }],
    { value: { baz: 'boo', foo: 'bar' } },
  ],
  [
    'A.6 move a value',
    { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
    [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
    { value: { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } } },
  ],
  [
    'A.7 move an element',
    { foo: ['all', 'grass', 'cows', 'eat'] },
    [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
    { value: { foo: ['all', 'cows', 'eat', 'grass'] } },
  ],
  [
    'A.8 test, true',
    { baz: 'qux', foo: ['a', 2, 'c'] },
    [{ op: 'test', path: '/foo/1', value: 2 }],
    { value: { baz: 'qux', foo: ['a', 2, 'c'] } },
  ],
  ['A.9 test, false', { baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }], null],
  [
    'A.10 add a nested member',
    { foo: 'bar' },
    [{ op: 'add', path: '/child', value: { grandchild: {} } }],
    { value: { foo: 'bar', child: { grandchild: {} } } },
  ],
  ['A.12 add to nothing', { foo: 'bar' }, [{ op: 'add', path: '/baz/bat', value: 'qux' }], null],
  ['A.14 escapes', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { value: { '/': 9, '~1': 10 } }],
  ['A.15 text is no number', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: '10' }], null],
  [
    'A.16 add at the end',
    { foo: ['bar'] },
    [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }],
    { value: { foo: ['bar', ['abc', 'def']] } },
  ],
  ['the whole document', { foo: 1 }, [{ op: 'replace', path: '', value: 2 }], { value: 2 }],
  [
    'equal objects',
    { a: { b: 1, c: [1] } },
    [{ op: 'test', path: '/a', value: { c: [1], b: 1 } }],
    { value: { a: { b: 1, c: [1] } } },
  ],
  ['an element beyond the end', { foo: [] }, [{ op: 'add', path: '/foo/1', value: 1 }], null],
  ['an unknown operation', {}, [{ op: 'grow', path: '/a' }], null],
]

for (const [name, document, patch, expected] of EXAMPLES) {
  test(`${name}: as the RFC says`, () => {
    const before = structuredClone(document)
    expect(applyPatch(document, patch)).toEqual(expected)
    expect(document).toEqual(before)
  })
}

test('a pointer cannot reach what the document does not own', () => {
  expect(applyPatch({}, [{ op: 'add', path: '/__proto__/x', value: 1 }])).toBeNull()
  expect(applyPatch({}, [{ op: 'add', path: '/constructor/x', value: 1 }])).toBeNull()
  const changed = applyPatch({}, [{ op: 'add', path: '/__proto__', value: { x: 1 } }])?.value
  expect(Object.hasOwn(changed as object, '__proto__')).toBe(true)
  expect((changed as { x?: number }).x).toBeUndefined()
})
