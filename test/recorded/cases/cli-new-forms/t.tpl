// {{.ScriptName}} {{ .ProjectID }}{{if .ProjectID}} p{{else}} n{{end}}
